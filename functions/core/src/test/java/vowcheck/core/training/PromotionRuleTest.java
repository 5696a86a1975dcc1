package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.TrainedRows;
import vowcheck.core.training.PromotionDecision.Verdict;

class PromotionRuleTest {

    private static final ModelIdentity CHAMPION = ModelFixtures.identity("2");

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
        assertThat(rule.decide(outcome(champion(0.1, false)), Optional.of(ModelFixtures.identity("4"))))
                .isEqualTo(new PromotionDecision(
                        Verdict.NOT_COMPARABLE,
                        List.of("version 3 was compared with version 2, but version 4 is in production")));
        assertThat(rule.decide(outcome(null), Optional.of(CHAMPION)))
                .returns(Verdict.NOT_COMPARABLE, PromotionDecision::verdict);
    }

    /// A registry that lost its versions gives their numbers again.
    @Test
    void anotherModelOfTheChampionsVersionIsNotComparable() {
        var renumbered = new ModelIdentity(CHAMPION.version(), Sha256.of(new byte[] {1}));

        assertThat(rule.decide(outcome(champion(0.1, false)), Optional.of(renumbered)))
                .isEqualTo(new PromotionDecision(
                        Verdict.NOT_COMPARABLE,
                        List.of("version 3 was compared with version %s, but version %s is in production"
                                .formatted(CHAMPION.exactName(), renumbered.exactName()))));
    }

    @Test
    void aChampionWhosePointerWasLostDuringTheTrainingCountsAsNone() {
        assertThat(rule.decide(outcome(champion(0.3, false)), Optional.empty()))
                .isEqualTo(new PromotionDecision(
                        Verdict.PROMOTED,
                        List.of("version 3 was compared with version 2, but no model is in production any more")));
    }

    @Test
    void aChampionThatCannotBeOpenedCountsAsNone() {
        var champion = new Outcome.UnreadableChampion(CHAMPION, "model.pb is missing");

        assertThat(rule.decide(outcome(champion), Optional.of(CHAMPION)))
                .isEqualTo(new PromotionDecision(
                        Verdict.PROMOTED,
                        List.of("version 2 is in production but cannot be opened (model.pb is missing), so it counts as"
                                + " none")));
        assertThat(rule.decide(outcome(champion), Optional.of(ModelFixtures.identity("4"))))
                .returns(Verdict.NOT_COMPARABLE, PromotionDecision::verdict);
        assertThat(rule.decide(outcome(champion), Optional.empty()))
                .returns(Verdict.PROMOTED, PromotionDecision::verdict);
    }

    @Test
    void aPointerThatCannotBeReadCountsAsNone() {
        var champion = new Outcome.UnreadableChampion(null, "production.json is damaged");

        assertThat(rule.decide(outcome(champion), Optional.empty()))
                .isEqualTo(new PromotionDecision(
                        Verdict.PROMOTED,
                        List.of("a model is in production but cannot be opened (production.json is damaged), so it"
                                + " counts as none")));
        assertThat(rule.decide(outcome(champion), Optional.of(CHAMPION)))
                .returns(Verdict.NOT_COMPARABLE, PromotionDecision::verdict);
    }

    @Test
    void theReasonsSayHowManyRowsWereLeftOut() {
        var rows = new TrainedRows(133_616, LocalDate.of(2025, 4, 30), Sha256.of(new byte[0]), 12);
        var hash = ModelFixtures.pointer("3").manifestHash();
        assertThat(rule.decide(OutcomeFixtures.outcome("3", hash, null, 0.26, rows), Optional.empty())
                        .reasons())
                .containsExactly(
                        "no model is in production",
                        "version 3 was made with 133,616 labelled rows; 12 more were left out because they are out of"
                                + " bounds");
    }

    private static Outcome.Champion champion(double averagePrecision, boolean fittedUntilTestRows) {
        return new Outcome.MeasuredChampion(CHAMPION, averagePrecision, fittedUntilTestRows);
    }

    private static Outcome outcome(Outcome.@Nullable Champion champion) {
        return OutcomeFixtures.outcome("3", champion, 0.26);
    }
}
