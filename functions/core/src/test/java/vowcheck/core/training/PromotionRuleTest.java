package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.training.PromotionDecision.Verdict;

class PromotionRuleTest {

    private static final ModelVersion CHAMPION = new ModelVersion("2");

    private final PromotionRule rule = new PromotionRule();

    @Test
    void aChallengerWithoutAChampionIsPromoted() {
        assertThat(rule.decide(outcome(null), Optional.empty()))
                .isEqualTo(new PromotionDecision(Verdict.PROMOTED, List.of("no model is in production")));
    }

    @Test
    void aChallengerThatBeatsTheChampionIsPromoted() {
        assertThat(rule.decide(outcome(champion(0.25, false)), Optional.of(CHAMPION)))
                .isEqualTo(new PromotionDecision(
                        Verdict.PROMOTED,
                        List.of("version 3 has average precision 0.260000 on 13363 test rows, higher than the 0.250000"
                                + " of version 2 in production")));
    }

    @Test
    void anEqualChallengerIsNotPromoted() {
        assertThat(rule.decide(outcome(champion(0.26, false)), Optional.of(CHAMPION)))
                .returns(Verdict.KEPT, PromotionDecision::verdict);
    }

    @Test
    void theReasonsNameAChampionThatWasFittedOnTestRows() {
        assertThat(rule.decide(outcome(champion(0.3, true)), Optional.of(CHAMPION))
                        .reasons())
                .hasSize(2)
                .last()
                .asString()
                .contains("looks better than it is");
    }

    @Test
    void anotherModelInProductionThanTheOneComparedIsNotComparable() {
        assertThat(rule.decide(outcome(champion(0.1, false)), Optional.of(new ModelVersion("4"))))
                .isEqualTo(new PromotionDecision(
                        Verdict.NOT_COMPARABLE,
                        List.of("version 3 was compared with version 2, but version 4 is in production")));
        assertThat(rule.decide(outcome(null), Optional.of(CHAMPION)))
                .returns(Verdict.NOT_COMPARABLE, PromotionDecision::verdict);
        assertThat(rule.decide(outcome(champion(0.1, false)), Optional.empty()))
                .returns(Verdict.NOT_COMPARABLE, PromotionDecision::verdict);
    }

    private static Outcome.Champion champion(double averagePrecision, boolean fittedUntilTestRows) {
        return new Outcome.Champion(CHAMPION, averagePrecision, fittedUntilTestRows);
    }

    private static Outcome outcome(Outcome.@Nullable Champion champion) {
        return new Outcome(
                new ModelVersion("3"),
                new RunId("run3"),
                ModelFixtures.pointer("3").manifestHash(),
                champion,
                0.26,
                13_363,
                LocalDate.of(2025, 5, 1));
    }
}
