package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.core.model.ModelCost;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.TrainedRows;
import vowcheck.core.training.PromotionDecision.Verdict;

class PromotionRuleTest {

    private static final String CONTRACT = "the stage's policy, contract, decides by this comparison";
    private static final ModelIdentity CHAMPION = ModelFixtures.identity("2");

    private static final double TRIFLE = 0.0001;

    private final PromotionRule rule = new PromotionRule(PromotionPolicy.CONTRACT);

    @Test
    void aChallengerWithoutAChampionIsPromoted() {
        assertThat(rule.decide(outcome(null), Optional.empty()))
                .isEqualTo(new PromotionDecision(Verdict.PROMOTED, List.of("no model is in production")));
    }

    @Test
    void aChallengerThatBeatsTheChampionIsPromoted() {
        assertThat(rule.decide(outcome(champion(0.25)), Optional.of(CHAMPION)))
                .isEqualTo(new PromotionDecision(
                        Verdict.PROMOTED,
                        List.of(
                                "version 3 has average precision 0.260000 on 13363 test rows, higher than the 0.250000"
                                        + " of version 2 in production",
                                CONTRACT)));
    }

    @Test
    void anEqualChallengerIsNotPromoted() {
        assertThat(rule.decide(outcome(champion(0.26)), Optional.of(CHAMPION)))
                .returns(Verdict.KEPT, PromotionDecision::verdict);
    }

    @Test
    void theReasonsNameTheTestRowsThatWereLeftOut() {
        var comparison = OutcomeFixtures.comparison(0.3, 1_363, OutcomeFixtures.measured(new Interval(0, -0.01, 0.01)));

        assertThat(decide(PromotionPolicy.CONTRACT, comparison).reasons())
                .containsExactly(
                        "version 3 has average precision 0.260000 on 12000 test rows, not higher than the 0.300000 of"
                                + " version 2 in production",
                        "1,363 test rows dated up to 2025-02-01 were left out: rows of these days fitted version 2",
                        CONTRACT);
    }

    @Test
    void aChampionThatCannotBeComparedStays() {
        var champion = new Outcome.IncomparableChampion(CHAMPION, "too few rows");

        for (var policy : PromotionPolicy.values()) {
            assertThat(new PromotionRule(policy).decide(outcome(champion), Optional.of(CHAMPION)))
                    .isEqualTo(new PromotionDecision(Verdict.NOT_COMPARABLE, List.of("too few rows")));
        }
    }

    @Test
    void aCarefulPromotionNeedsADifferenceBeyondChance() {
        assertThat(decide(PromotionPolicy.CAREFUL, comparison(new Interval(0.02, TRIFLE, 0.04))))
                .returns(Verdict.PROMOTED, PromotionDecision::verdict);
        assertThat(decide(PromotionPolicy.CAREFUL, comparison(new Interval(0.02, 0, 0.04))))
                .returns(Verdict.KEPT, PromotionDecision::verdict);
    }

    @Test
    void aCarefulDecisionSaysWhatItIsBasedOn() {
        assertThat(decide(PromotionPolicy.CAREFUL, comparison(new Interval(0.012, 0.004, 0.02)))
                        .reasons())
                .containsExactly(
                        "version 3 has average precision 0.260000 on 13363 test rows, higher than the 0.250000 of"
                                + " version 2 in production",
                        "the stage's policy, careful, decides by how both recipes do on people whom they have not seen",
                        "on new people its recipe has average precision 0.2620, that of the model in production 0.2500:"
                                + " a difference of +0.0120, with 95 % confidence more than +0.0040, so it is better"
                                + " beyond chance",
                        "its calibration error changes by +0.0000, with 95 % confidence by more than -0.0200, so it is"
                                + " not worse beyond chance",
                        "the gap in recall at the review capacity between ages changes by +0.0000, with 95 % confidence"
                                + " by more than -0.0200, so it is not wider by more than 0.05",
                        "the gap in calibration error between ages changes by +0.0000, with 95 % confidence by more than"
                                + " -0.0200, so it is not wider by more than 0.05");
    }

    @Test
    void agesWithFewDivorcesAreReportedOnly() {
        var few = new AgeGroup(AgeRange.OVER_45, 900, 49, false, 0.9, 0.1, 0.2, 0.01);
        var measured = OutcomeFixtures.measured(new Interval(0.02, 0.01, 0.03));
        var differences = measured.differences();
        var comparison = OutcomeFixtures.comparison(
                0.25,
                0,
                new NewPeopleComparison.Measured(
                        measured.challenger(),
                        measured.champion(),
                        new PairedDifferences(
                                differences.averagePrecision(),
                                differences.calibrationError(),
                                differences.recallGap(),
                                differences.calibrationGap(),
                                List.of(few))));

        assertThat(decide(PromotionPolicy.CAREFUL, comparison))
                .returns(Verdict.PROMOTED, PromotionDecision::verdict)
                .extracting(PromotionDecision::reasons, LIST)
                .last()
                .isEqualTo("ages with fewer than 50 divorces do not count in a gap: over 45 with 49 divorces");
    }

    @Test
    void aCalibrationErrorThatIsGreaterBeyondChanceIsNotPromoted() {
        var none = new Interval(0, -0.01, 0.01);

        assertThat(decide(PromotionPolicy.CAREFUL, better(new Interval(0.01, 0, 0.02), none, none)))
                .returns(Verdict.PROMOTED, PromotionDecision::verdict);
        var worse = decide(PromotionPolicy.CAREFUL, better(new Interval(0.01, TRIFLE, 0.02), none, none));
        assertThat(worse.verdict()).isEqualTo(Verdict.KEPT);
        assertThat(worse.reasons())
                .contains(
                        "its calibration error changes by +0.0100, with 95 % confidence by more than +0.0001, so it is"
                                + " worse beyond chance");
    }

    @Test
    void aGapBetweenAgesThatIsWiderByMoreThanTheToleranceBeyondChanceIsNotPromoted() {
        var none = new Interval(0, -0.01, 0.01);
        var tolerated = new Interval(0.05, 0.02, 0.08);
        var byChance = new Interval(0.06, 0, 0.1);
        var wide = new Interval(0.06, TRIFLE, 0.1);

        assertThat(List.of(
                        better(none, tolerated, tolerated),
                        better(none, byChance, byChance),
                        better(none, wide, none),
                        better(none, none, wide)))
                .extracting(comparison ->
                        decide(PromotionPolicy.CAREFUL, comparison).verdict())
                .containsExactly(Verdict.PROMOTED, Verdict.PROMOTED, Verdict.KEPT, Verdict.KEPT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+0.0500 | +0.0200 | not wider by more than 0.05",
                "+0.0900 | +0.0000 | wider by more than 0.05, but not beyond chance",
                "+0.0900 | +0.0100 | wider by more than 0.05 and beyond chance, which is too much"
            })
    void whatIsSaidAboutAGapIsWhatDecides(String difference, String lower, String words) {
        var none = new Interval(0, -0.01, 0.01);
        var gap = new Interval(Double.parseDouble(difference), Double.parseDouble(lower), 0.2);

        assertThat(decide(PromotionPolicy.CAREFUL, better(none, gap, none)).reasons())
                .contains(
                        "the gap in recall at the review capacity between ages changes by %s, with 95 %% confidence by more than %s, so it is %s"
                                .formatted(difference, lower, words));
    }

    @Test
    void aRefreshedModelMayBeALittleWorse() {
        var little = comparison(new Interval(0, -PromotionPolicy.MARGIN + TRIFLE, 0.01));
        var more = comparison(new Interval(0, -PromotionPolicy.MARGIN, 0.01));

        assertThat(decide(PromotionPolicy.REFRESH, little)).returns(Verdict.PROMOTED, PromotionDecision::verdict);
        assertThat(decide(PromotionPolicy.REFRESH, more)).returns(Verdict.KEPT, PromotionDecision::verdict);
        assertThat(decide(PromotionPolicy.CAREFUL, little)).returns(Verdict.KEPT, PromotionDecision::verdict);
    }

    @Test
    void aModelOfNoNewerRowsRefreshesNothing() {
        var little = comparison(new Interval(0, -TRIFLE, 0.01));
        var older = new Comparison(
                little.rows(),
                0,
                little.championFittedUntil(),
                little.championFittedUntil(),
                little.challenger(),
                little.champion(),
                little.newPeople());

        assertThat(decide(PromotionPolicy.REFRESH, older)).returns(Verdict.KEPT, PromotionDecision::verdict);
    }

    @Test
    void recipesThatCannotBeFittedWithoutThePeopleOfTheTestRowsAreNotComparable() {
        var comparison = OutcomeFixtures.comparison(0.25, 0, new NewPeopleComparison.NotFitted("too few people"));

        assertThat(decide(PromotionPolicy.CAREFUL, comparison))
                .returns(Verdict.NOT_COMPARABLE, PromotionDecision::verdict)
                .extracting(PromotionDecision::reasons, LIST)
                .contains("too few people");
        assertThat(decide(PromotionPolicy.CONTRACT, comparison)).returns(Verdict.PROMOTED, PromotionDecision::verdict);
    }

    @Test
    void aSearchedRecipeThatIsWorseOnNewPeopleThanTheDefaultIsNotPromoted() {
        var outcome = outcome(champion(0.1));

        assertThat(rule.decide(OutcomeFixtures.searched(outcome, found(0.2499, 1_500, 72_000)), Optional.of(CHAMPION)))
                .isEqualTo(new PromotionDecision(
                        Verdict.KEPT,
                        List.of(
                                "the searched recipe of version 3 is worse on new people than the default one",
                                "its recipe is trial 5 of 12 of a search: on new people, average precision 0.249900, the"
                                        + " default recipe's 0.250000; a score takes 5.0 times the default's steps, an"
                                        + " explanation 10.0 times its work")));
        assertThat(rule.decide(OutcomeFixtures.searched(outcome, found(0.25, 1_500, 72_000)), Optional.of(CHAMPION)))
                .returns(Verdict.PROMOTED, PromotionDecision::verdict);
    }

    @ParameterizedTest
    @CsvSource({"1501, 72000", "1500, 72001"})
    void aSearchedRecipeWhoseAnswersCostTooMuchIsNotPromoted(long steps, long explanation) {
        var outcome = OutcomeFixtures.searched(outcome(champion(0.1)), found(0.3, steps, explanation));

        assertThat(rule.decide(outcome, Optional.of(CHAMPION)))
                .returns(Verdict.KEPT, PromotionDecision::verdict)
                .extracting(PromotionDecision::reasons, LIST)
                .contains(
                        "the searched recipe of version 3 is too costly, expected at most 5 times the default's steps for"
                                + " a score and 10 times its work for an explanation");
    }

    @Test
    void aSearchThatFoundNothingBetterSaysSo() {
        var cost = new ModelCost(300, 7_200);
        var outcome =
                OutcomeFixtures.searched(outcome(champion(0.1)), new SearchedRecipe(12, 0, 0.25, 0.25, cost, cost));

        assertThat(rule.decide(outcome, Optional.of(CHAMPION)))
                .returns(Verdict.PROMOTED, PromotionDecision::verdict)
                .extracting(PromotionDecision::reasons, LIST)
                .contains("a search found no better recipe than the default one (trials: 12)");
    }

    /// The default recipe has average precision 0.25, and full trees.
    private static SearchedRecipe found(double averagePrecision, long steps, long explanation) {
        return new SearchedRecipe(
                12, 5, averagePrecision, 0.25, new ModelCost(steps, explanation), ModelCost.most(100, 3));
    }

    @Test
    void anotherModelInProductionThanTheOneComparedIsNotComparable() {
        assertThat(rule.decide(outcome(champion(0.1)), Optional.of(ModelFixtures.identity("4"))))
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

        assertThat(rule.decide(outcome(champion(0.1)), Optional.of(renumbered)))
                .isEqualTo(new PromotionDecision(
                        Verdict.NOT_COMPARABLE,
                        List.of("version 3 was compared with version %s, but version %s is in production"
                                .formatted(CHAMPION.exactName(), renumbered.exactName()))));
    }

    @Test
    void aChampionWhosePointerWasLostDuringTheTrainingCountsAsNone() {
        assertThat(rule.decide(outcome(champion(0.3)), Optional.empty()))
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

    private static PromotionDecision decide(PromotionPolicy policy, Comparison comparison) {
        return new PromotionRule(policy)
                .decide(outcome(new Outcome.MeasuredChampion(CHAMPION, comparison)), Optional.of(CHAMPION));
    }

    private static Comparison comparison(Interval averagePrecision) {
        return OutcomeFixtures.comparison(0.25, 0, OutcomeFixtures.measured(averagePrecision));
    }

    /// A challenger that ranks better beyond chance, and differs in the other respects.
    private static Comparison better(Interval calibrationError, Interval recallGap, Interval calibrationGap) {
        var measured = OutcomeFixtures.measured(new Interval(0.02, 0.01, 0.03));
        return OutcomeFixtures.comparison(
                0.25,
                0,
                new NewPeopleComparison.Measured(
                        measured.challenger(),
                        measured.champion(),
                        new PairedDifferences(
                                measured.differences().averagePrecision(),
                                calibrationError,
                                recallGap,
                                calibrationGap,
                                measured.differences().ageGroups())));
    }

    private static Outcome.Champion champion(double averagePrecision) {
        return OutcomeFixtures.champion(CHAMPION, averagePrecision);
    }

    private static Outcome outcome(Outcome.@Nullable Champion champion) {
        return OutcomeFixtures.outcome("3", champion, 0.26);
    }
}
