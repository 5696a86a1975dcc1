package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import vowcheck.core.training.SimulatedPair.Setting;

/// How often a policy is wrong, by simulation. `-Dsimulation.resamples=1999` simulates with as many resamples
/// as a training uses; it takes minutes, and gives the table of docs/adr/0030-careful-promotion.md. Fewer
/// resamples leave the error as it is, and cost power.
class PolicySimulationTest {

    private static final int RESAMPLES = Integer.getInteger("simulation.resamples", 39);

    /// Models with about the average precision of those that are trained on the synthetic population.
    private static final double SKILL = 0.40;

    /// Adds 0.02 of average precision on rows with 11.7 % positives.
    private static final double MORE_SKILL = 0.4335;

    /// Takes away [PromotionPolicy#MARGIN] of it.
    private static final double LESS_SKILL = 0.3897;

    private static final double POSITIVES = 0.117;
    private static final double CORRELATION = 0.9;

    /// The upper 95 % bound of a rate of 5 % in 1,000 trials is at most 6.5 %: 50 + 1.645 × √47.5 = 61.
    @Test
    void amongEqualModelsTheCarefulPolicyPromotesAtMostOneInTwentyByChance() {
        var setting = new Setting(2_000, POSITIVES, SKILL, SKILL, CORRELATION);
        assertThat(promoted(PromotionPolicy.CAREFUL, setting, 1_000)).isLessThanOrEqualTo(50);
    }

    @Test
    void aGainOfTwoHundredthsIsPromotedInMoreThanFourOfFiveCases() {
        var setting = new Setting(21_000, POSITIVES, MORE_SKILL, SKILL, CORRELATION);
        assertThat(promoted(PromotionPolicy.CAREFUL, setting, 200)).isGreaterThan(160);
    }

    @Test
    void aModelThatIsWorseByTheMarginRefreshesAtMostOnceInTwenty() {
        var setting = new Setting(2_000, POSITIVES, LESS_SKILL, SKILL, CORRELATION);
        assertThat(promoted(PromotionPolicy.REFRESH, setting, 1_000)).isLessThanOrEqualTo(50);
    }

    @Test
    @EnabledIfSystemProperty(named = "simulation.resamples", matches = "\\d+")
    void moreRowsOfTheTable() {
        promoted(PromotionPolicy.CAREFUL, new Setting(2_000, POSITIVES, MORE_SKILL, SKILL, CORRELATION), 1_000);
        promoted(PromotionPolicy.CAREFUL, new Setting(2_000, 0.05, SKILL, SKILL, CORRELATION), 1_000);
        promoted(PromotionPolicy.REFRESH, new Setting(21_000, POSITIVES, SKILL, SKILL, CORRELATION), 200);
        assertThat(promoted(
                        PromotionPolicy.REFRESH, new Setting(21_000, POSITIVES, LESS_SKILL, SKILL, CORRELATION), 200))
                .isLessThanOrEqualTo(15);
    }

    /// How many of the pairs are promoted; the challenger has newer rows.
    private static long promoted(PromotionPolicy policy, Setting setting, int pairs) {
        var differences = new double[pairs];
        long promoted = IntStream.range(0, pairs)
                .filter(number -> {
                    var pair = SimulatedPair.of(setting, number);
                    var compared = new PairedBootstrap(RESAMPLES, number)
                            .compare(pair.rows(), pair.challenger(), pair.champion());
                    differences[number] = compared.averagePrecision().difference();
                    return policy.accepts(compared, true);
                })
                .count();
        if (System.getProperty("simulation.resamples") == null) {
            return promoted;
        }
        System.out.printf(
                Locale.ROOT,
                "| `%s` | %,d | %.0f | %.2f | %+.4f | %,d | %.1f %% |%n",
                policy.name().toLowerCase(Locale.ROOT),
                setting.rows(),
                setting.rows() * setting.positives(),
                setting.correlation(),
                IntStream.range(0, pairs)
                        .mapToDouble(pair -> differences[pair])
                        .average()
                        .orElseThrow(),
                pairs,
                100.0 * promoted / pairs);
        return promoted;
    }
}
