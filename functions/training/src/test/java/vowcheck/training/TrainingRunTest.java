package vowcheck.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.s3.DataReportJson;
import vowcheck.adapters.s3.InMemoryS3;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.adapters.s3.S3Workflow;
import vowcheck.core.drift.InMemoryDrift;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelCost;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryRefused;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.quality.DataReport;
import vowcheck.core.quality.InMemoryDataReports;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.training.FittedRecipe;
import vowcheck.core.training.InMemoryTracking;
import vowcheck.core.training.InsufficientRows;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.LabelledRowsTable;
import vowcheck.core.training.LabelledRowsUnavailable;
import vowcheck.core.training.NewPeopleComparison;
import vowcheck.core.training.NothingNew;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.RangeCheck;
import vowcheck.core.training.RankingMetrics;
import vowcheck.core.training.RefusedRows;
import vowcheck.core.training.RowCheck;
import vowcheck.core.training.RowsAnswer;
import vowcheck.core.training.RowsAnswer.Standing;
import vowcheck.core.training.RunId;
import vowcheck.core.training.RunStart;
import vowcheck.core.training.SearchTrial;
import vowcheck.core.training.TimeSplit;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.SearchBudget;
import vowcheck.core.workflow.TrainingRequest;
import vowcheck.core.workflow.TrainingRequest.Opponent;
import vowcheck.training.population.SyntheticPopulation;
import vowcheck.training.trees.TrainingParameters;

class TrainingRunTest {

    private static final LocalDate CUTOFF = LocalDate.of(2023, 10, 1);
    private static final Execution EXECUTION = new Execution("one");
    private static final LabelledRows ROWS = SyntheticPopulation.rows(7).range(0, 30_000);

    private final InMemoryS3 s3 = new InMemoryS3();
    private final S3ModelStore models = new S3ModelStore(s3, "bucket", FeatureSchema.CURRENT);
    private final S3Workflow outcomes = new S3Workflow(s3, "bucket");
    private final InMemoryTracking tracking = new InMemoryTracking();
    private final InMemoryDataReports reports = new InMemoryDataReports();
    private final InMemoryDrift logged = new InMemoryDrift();
    private double faultyShare;

    @Test
    void theFirstModelIsMeasuredRegisteredAndPublished() {
        var outcome = run(CUTOFF);

        assertThat(outcome.champion()).isNull();
        assertThat(outcomes.of(EXECUTION)).isEqualTo(outcome);
        var manifest = models.load(identity(outcome)).manifest();
        assertThat(manifest.version()).isEqualTo(new ModelVersion("1"));
        assertThat(manifest.metrics().averagePrecision()).isEqualTo(outcome.averagePrecision());
        assertThat(tracking.nominated(outcome.modelVersion())).hasValue(outcome.manifestHash());
        assertThat(manifest.data().labelledRows())
                .isEqualTo(ROWS.before(CUTOFF).identity(0))
                .isEqualTo(outcome.labelledRows());
        assertThat(models.hasProduction()).isFalse();
    }

    @Test
    void theRunHasWhatTheContractAsksFor() {
        run(CUTOFF);

        var run = tracking.runs().getFirst();
        assertThat(run.training())
                .isEqualTo(new RunStart(
                        CUTOFF, EXECUTION.name(), "manual", TrainingRequest.PROGRAM, new MovableClock().instant()));
        assertThat(run.replay()).isEmpty();
        var recorded = run.records().getFirst();
        assertThat(recorded.champion()).isEmpty();
        assertThat(recorded.manifest().data().cutoff()).isEqualTo(CUTOFF);
        assertThat(recorded.manifest().settings().parameters())
                .containsEntry("max_depth", "3")
                .containsKey("eta");
        assertThat(run.artifacts())
                .containsOnlyKeys(
                        RowsReport.FILE,
                        "model_card.md",
                        "feature_importance.json",
                        "precision_recall_curve.svg",
                        "precision_recall_curve.json",
                        "reliability_diagram.svg",
                        "reliability_diagram.json",
                        "model/model.pb",
                        "model/manifest.json",
                        "model/MLmodel",
                        "model/booster.ubj",
                        "model/code/divorce_model.py",
                        "model/input_example.json",
                        "model/serving_input_example.json",
                        "model/requirements.txt",
                        "model/python_env.yaml");
        assertThat(run.descriptions()).singleElement().asString().contains("Synthetic population, seed 7");
        assertThat(run.ends()).containsExactly(true);
    }

    @Test
    void whatTheRowsLookLikeIsReportedAndAttached() {
        promote(run(CUTOFF));
        run(CUTOFF);

        assertThat(reports.kept()).hasSize(2);
        var first = reports.kept().getFirst();
        assertThat(first.occasion()).isEqualTo(DataReport.Occasion.TRAINING);
        assertThat(first.name()).isEqualTo(EXECUTION.name());
        assertThat(first.rows()).isEqualTo(ROWS.before(CUTOFF).size());
        assertThat(first.comparison()).isEmpty();
        var second = reports.kept().getLast();
        assertThat(second.comparison().orElseThrow().since()).hasValue(CUTOFF);
        assertThat(tracking.runs())
                .extracting(run -> requireNonNull(run.artifacts().get(RowsReport.FILE)))
                .contains(
                        DataReportJson.write(first).utf8(),
                        DataReportJson.write(second).utf8());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new RegistryRefused("MLflow refuses the file"), "MLflow refuses the file"),
                Arguments.of(new RegistryUnavailable("MLflow does not answer"), "MLflow does not answer"),
                Arguments.of(new IllegalStateException("Age_Days 20000"), "unexpected IllegalStateException at "));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void reportsThatCannotBeMadeAreMissingOnTheRunAndTheModelIsThere(RuntimeException fault, String sentence) {
        reports.lose();
        tracking.failReports(fault);

        var outcome = run(CUTOFF);

        assertThat(outcomes.of(EXECUTION)).isEqualTo(outcome);
        assertThat(models.load(identity(outcome)).manifest().version()).isEqualTo(outcome.modelVersion());
        assertThat(tracking.nominated(outcome.modelVersion())).hasValue(outcome.manifestHash());
        var run = tracking.runs().getFirst();
        assertThat(run.ends()).containsExactly(true);
        assertThat(run.records()).hasSize(1);
        assertThat(run.artifacts())
                .containsKeys("model/model.pb", "model/MLmodel")
                .doesNotContainKey("model_card.md");
        assertThat(run.missing())
                .hasSize(5)
                .first()
                .isEqualTo("the report of ./vowcheck data: the reports are out of reach");
        assertThat(run.missing().stream().skip(1))
                .extracting(missing -> missing.split(": ", 2)[0])
                .containsExactly(RowsReport.FILE, "the dataset", "the run's description", "model card and diagrams");
        assertThat(run.missing().stream().skip(1))
                .allSatisfy(missing -> assertThat(missing).contains(sentence).doesNotContain("20000"));
    }

    @Test
    void aRunWithAllReportsNamesNoneAsMissing() {
        run(CUTOFF);

        assertThat(tracking.runs().getFirst().missing()).isEmpty();
        assertThat(tracking.runs().getFirst().inputs()).hasSize(1);
    }

    /// They are what explains the refusal.
    @Test
    void rowsThatAreRefusedForTheirRangeAreReportedToo() {
        promote(run(CUTOFF));
        var years = LabelledRows.builder(ROWS.schema());
        for (int row = 0; row < ROWS.size(); row++) {
            var values = ROWS.values(row);
            values[ROWS.schema().position(Feature.AGE_DAYS)] /= 365;
            years.add(values, ROWS.divorced(row), ROWS.date(row), ROWS.index(row));
        }
        var later = CUTOFF.plusMonths(2);
        assertThatThrownBy(() -> trained(table(years.build()), later)).isInstanceOf(RefusedRows.class);

        var figures = reports.kept().getLast().features().get(ROWS.schema().position(Feature.AGE_DAYS));
        assertThat(figures.beyondRange())
                .isEqualTo(reports.kept().getLast().comparison().orElseThrow().rows())
                .isPositive();
    }

    @Test
    void aSearchedRecipeIsTrainedAndEachOfItsTrialsIsRecorded() {
        var outcome = searched(new SearchBudget.Trials(2));

        var run = tracking.runs().getFirst();
        assertThat(run.trials()).extracting(SearchTrial::number).containsExactly(0, 1, 2);
        var chosen =
                run.trials().stream().filter(SearchTrial::chosen).findFirst().orElseThrow();
        assertThat(models.load(identity(outcome)).manifest().settings().parameters())
                .containsAllEntriesOf(chosen.parameters());
        var found = requireNonNull(outcome.searched());
        assertThat(run.searched()).containsExactly(found);
        assertThat(found.trials()).isEqualTo(2);
        assertThat(found.chosen()).isEqualTo(chosen.number());
        assertThat(found.averagePrecision())
                .isEqualTo(models.load(identity(outcome)).manifest().metrics().averagePrecisionNewPeople());
        assertThat(outcomes.of(EXECUTION)).isEqualTo(outcome);
    }

    /// The default recipe of this test has ten trees: a searched one may have fifty of its depth.
    @Test
    void theDefaultRecipeIsMeasuredOnTheSameNewPeople() {
        var plain = run(CUTOFF);
        var found = requireNonNull(searched(new SearchBudget.Trials(2)).searched());

        assertThat(found.defaultAveragePrecision())
                .isEqualTo(models.load(identity(plain)).manifest().metrics().averagePrecisionNewPeople());
        assertThat(found.defaultCost()).isEqualTo(ModelCost.most(10, 3));
    }

    @Test
    void withoutASearchNoTrialIsRecorded() {
        assertThat(run(CUTOFF).searched()).isNull();

        assertThat(tracking.runs().getFirst().trials()).isEmpty();
        assertThat(tracking.runs().getFirst().searched()).isEmpty();
    }

    private Outcome searched(SearchBudget budget) {
        var request = new TrainingRequest(
                CUTOFF, "manual", Opponent.PRODUCTION, budget, TrainingRequest.PROGRAM, Optional.empty());
        return (Outcome) training(table(ROWS)).run(request, EXECUTION);
    }

    @Test
    void championAndChallengerAreMeasuredOnTheSameRows() {
        var first = run(CUTOFF);
        promote(first);

        var second = run(CUTOFF);

        // The same rows give the same model, which scores the same rows identically.
        var champion = second.measuredChampion().orElseThrow();
        assertThat(champion.model()).isEqualTo(first.challenger());
        assertThat(champion.comparison().champion())
                .isEqualTo(champion.comparison().challenger());
        assertThat(tracking.runs())
                .anySatisfy(
                        run -> assertThat(run.records().getFirst().champion()).isPresent());
    }

    @Test
    void testRowsThatFittedTheChampionAreLeftOutForBoth() {
        promote(run(CUTOFF));
        // The oldest of the test rows are of the last day that was fitted.
        var test = TimeSplit.of(ROWS.before(CUTOFF)).test();
        var fittedUntil = TimeSplit.of(ROWS.before(CUTOFF)).fittedUntil();

        var comparison = run(CUTOFF).measuredChampion().orElseThrow().comparison();

        assertThat(comparison.championFittedUntil()).isEqualTo(fittedUntil);
        assertThat(comparison.leftOut()).isPositive().isEqualTo((int) IntStream.range(0, test.size())
                .filter(row -> !test.date(row).isAfter(fittedUntil))
                .count());
        assertThat(comparison.rows().rows()).isEqualTo(test.size() - comparison.leftOut());
    }

    @Test
    void aChampionThatWasFittedOnTheTestRowsCannotBeCompared() {
        promote(run(CUTOFF));

        assertThat(run(CUTOFF.minusDays(30)).champion())
                .isInstanceOfSatisfying(
                        Outcome.IncomparableChampion.class,
                        champion -> assertThat(champion.problem())
                                .matches(
                                        "0 of the [0-9,]+ test rows, 0 of them divorced, are dated after [0-9-]+, up to which"
                                                + " version 1 was fitted; a comparison needs at least 2,000 rows with 100 divorces"));
    }

    @Test
    void bothRecipesAreFittedWithoutThePeopleOfTheTestRows() {
        promote(run(CUTOFF));

        var outcome = run(CUTOFF);

        var comparison = outcome.measuredChampion().orElseThrow().comparison();
        assertThat(comparison.newPeople()).isInstanceOfSatisfying(NewPeopleComparison.Measured.class, measured -> {
            // The rows up to the last day that fitted it are all of its own; equal recipes, nearly equal rows.
            assertThat(measured.champion().averagePrecision())
                    .isCloseTo(measured.challenger().averagePrecision(), within(0.01));
            assertThat(measured.differences().ageGroups()).hasSize(3);
        });
        assertThat(models.load(identity(outcome)).manifest().metrics().averagePrecisionNewPeople())
                .isBetween(0.05, 1.0);
    }

    @Test
    void whereEverybodyRecursNobodyIsNew() {
        var first = run(CUTOFF);
        promote(first);
        var repeated = LabelledRows.builder(FeatureSchema.CONTRACT);
        var before = ROWS.before(CUTOFF);
        int people = 2_400;
        for (int row = 0; row < before.size(); row++) {
            repeated.add(
                    before.values(row % people), before.divorced(row % people), before.date(row), before.index(row));
        }

        var outcome = trained(table(repeated.build()), CUTOFF);

        assertThat(outcome.measuredChampion().orElseThrow().comparison().newPeople())
                .isInstanceOfSatisfying(
                        NewPeopleComparison.NotFitted.class,
                        nobody -> assertThat(nobody.problem())
                                .startsWith(
                                        "the challenger's recipe cannot be fitted without the people of the test rows: 0 rows"));
        assertThat(models.load(identity(outcome)).manifest().metrics().averagePrecisionNewPeople())
                .isNull();
    }

    /// Otherwise, every training would fail until people put another model into production.
    @Test
    void aChampionWhoseRecipeXgboostRefusesTodayIsComparedAsFarAsPossible() {
        var first = identity(run(CUTOFF));
        var manifest = new String(stored(first, ModelBundle.MANIFEST_FILE), StandardCharsets.UTF_8)
                .replaceFirst("\"hist\"", "\"ancient\"")
                .getBytes(StandardCharsets.UTF_8);
        promote(models.publish(first.version(), manifest, stored(first, ModelBundle.MODEL_FILE)));

        var outcome = run(CUTOFF);

        var comparison = outcome.measuredChampion().orElseThrow().comparison();
        assertThat(comparison.champion().averagePrecision()).isPositive();
        assertThat(comparison.newPeople())
                .isInstanceOfSatisfying(
                        NewPeopleComparison.NotFitted.class,
                        refused -> assertThat(refused.problem())
                                .startsWith("the recipe of version 1 cannot be fitted without the people of the test"
                                        + " rows: XGBoost refused to train: ")
                                .contains("'ancient'")
                                .doesNotContain("\n", "/"));
    }

    @Test
    void aChampionOfAnotherXgboostReleaseIsMeasuredOnTheSameRows() throws IOException {
        var champion = ModelBundle.read(BaselineBundle.trainedBy("3.4.0"), FeatureSchema.CURRENT);
        var version = champion.manifest().version();
        // It was fitted on newer rows than these; here, its manifest says otherwise.
        var manifest = new String(champion.manifestBytes(), StandardCharsets.UTF_8)
                .replaceFirst("(?<=\"fitted_until\" : \")[0-9-]+", "2023-06-15")
                .getBytes(StandardCharsets.UTF_8);
        promote(models.publish(version, manifest, champion.modelBytes()));

        var outcome = run(CUTOFF);

        assertThat(outcome.championModel().map(ModelIdentity::version)).hasValue(version);
        var test = TimeSplit.of(ROWS.before(CUTOFF)).test();
        assertThat(outcome.measuredChampion().orElseThrow().averagePrecision())
                .isEqualTo(RankingMetrics.averagePrecision(
                        FittedRecipe.of(champion.scoringModel()).probabilities(test), test.labels()))
                .isNotEqualTo(outcome.averagePrecision());
    }

    @Test
    void aChampionThatWasTamperedWithCountsAsNone() {
        var first = run(CUTOFF);
        promote(first);
        damage(first);

        assertThat(run(CUTOFF).champion()).isInstanceOfSatisfying(Outcome.UnreadableChampion.class, champion -> {
            assertThat(champion.model()).isEqualTo(first.challenger());
            assertThat(champion.problem()).startsWith("The SHA-256 of model.pb is ");
        });
    }

    @Test
    void aChampionWhoseBundleIsLostCountsAsNone() {
        var first = run(CUTOFF);
        promote(first);
        s3.objects().keySet().removeIf(key -> key.startsWith(BucketKeys.MODELS));

        var second = run(CUTOFF);

        assertThat(second.champion()).isInstanceOf(Outcome.UnreadableChampion.class);
        assertThat(second.championModel()).hasValue(first.challenger());
        assertThat(outcomes.of(EXECUTION)).isEqualTo(second);
    }

    @Test
    void aPointerThatCannotBeReadCountsAsNone() {
        s3.objects().put(BucketKeys.POINTER, "{}".getBytes(StandardCharsets.UTF_8));

        var outcome = run(CUTOFF);

        assertThat(outcome.champion()).isInstanceOf(Outcome.UnreadableChampion.class);
        assertThat(outcome.championModel()).isEmpty();
    }

    @Test
    void aChampionThatNeedsAnUnknownFeatureCountsAsNone() {
        var later = trained(table(ROWS), CUTOFF);
        promote(later);
        var former = new S3ModelStore(
                s3, "bucket", FeatureSchema.of(FeatureSchema.CONTRACT.features().subList(0, 9)));

        assertThat(ServingChampion.in(former)).isInstanceOf(ServingChampion.Unreadable.class);
    }

    @Test
    void aRegistryThatCountsFromOneAgainLeavesTheModelInProductionAsItIs() {
        var first = run(CUTOFF);
        promote(first);
        var bundle = new TreeMap<>(s3.objects());
        bundle.keySet().removeIf(key -> !key.startsWith(BucketKeys.MODELS));
        tracking.renumber();

        var second = run(LocalDate.of(2023, 9, 1));

        assertThat(second.modelVersion()).isEqualTo(first.modelVersion());
        assertThat(second.manifestHash()).isNotEqualTo(first.manifestHash());
        assertThat(models.load(identity(first)).identity()).isEqualTo(identity(first));
        assertThat(models.load(identity(second)).identity()).isEqualTo(identity(second));
        assertThat(s3.objects()).containsAllEntriesOf(bundle);
    }

    @Test
    void aCutoffBeforeAnyDataIsRefused() {
        assertThatThrownBy(() -> run(LocalDate.of(1990, 1, 1)))
                .isInstanceOf(InsufficientRows.class)
                .hasMessage("0 rows to train, 0 of them divorced, expected some of both labels");
        assertThat(tracking.runs()).isEmpty();
    }

    @Test
    void oneClassOnlyIsRefused() {
        var lucky = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < 1_000; row++) {
            lucky.add(ROWS.values(row), false, ROWS.date(row), row);
        }
        assertThatThrownBy(() -> trained(table(lucky.build()), CUTOFF))
                .isInstanceOf(InsufficientRows.class)
                .hasMessageContaining("0 of them divorced");
    }

    @Test
    void rowsOutOfBoundsTrainNothing() {
        var negative = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < 1_000; row++) {
            var values = ROWS.values(row);
            values[FeatureSchema.CONTRACT.position(Feature.AGE_DAYS)] *= -1;
            negative.add(values, ROWS.divorced(row), ROWS.date(row), row);
        }
        assertThatThrownBy(() -> trained(table(negative.build()), CUTOFF))
                .isInstanceOf(RefusedRows.class)
                .hasMessageContaining("Age_Days of 1,000 rows is negative, expected 0 or more, first index 0");
        assertThat(tracking.runs()).isEmpty();
        assertThat(s3.objects()).isEmpty();
    }

    @Test
    void aFeatureThatMovedOutOfTheRangeThatServesTrainsNothing() {
        var first = run(LocalDate.of(2023, 9, 1));
        var table = table(ages(10_000, 1 / 365.25f));
        assertThat(trained(table, CUTOFF).champion()).as("without a champion").isNull();
        promote(first);
        int runs = tracking.runs().size();

        assertThatThrownBy(() -> trained(table, CUTOFF))
                .isInstanceOf(RefusedRows.class)
                .hasMessageContaining("Age_Days has moved out of the range that serves");
        assertThat(tracking.runs()).hasSize(runs);

        logged.log(Application.of(FeatureSchema.CONTRACT, ages(0, 1 / 365.25f).values(0)), 1_000);
        assertThat(trained(table, CUTOFF).measuredChampion()).isPresent();
    }

    @Test
    void aLabelThatWasInvertedTrainsNothing() {
        promote(run(LocalDate.of(2023, 9, 1)));
        int runs = tracking.runs().size();
        var inverted = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < ROWS.size(); row++) {
            inverted.add(ROWS.values(row), !ROWS.divorced(row), ROWS.date(row), ROWS.index(row));
        }

        assertThatThrownBy(() -> trained(table(inverted.build()), CUTOFF))
                .isInstanceOf(RefusedRows.class)
                .hasMessageContaining("newest labelled rows are refused: their share of divorces is 0.9");
        assertThat(tracking.runs()).hasSize(runs);
    }

    @Test
    void driftThatTheSameRowsAnsweredTrainsNothing() {
        var first = run(CUTOFF);
        promote(first);
        outcomes.keep(first.labelledRows().digest(), first.answer("one", Standing.KEPT));
        var drift = new Execution("drift");

        // No row is dated between the two cutoffs.
        var rows = table(ROWS.before(CUTOFF));
        var result = training(rows).run(byDrift(CUTOFF.plusDays(1)), drift);

        assertThat(result)
                .isEqualTo(new NothingNew(
                        first.labelledRows(),
                        CUTOFF.plusDays(1),
                        new RowsAnswer(first.challenger(), null, CUTOFF, "one", Standing.KEPT)))
                .isEqualTo(outcomes.of(drift));
        assertThat(tracking.runs()).hasSize(1);
        assertThat(trained(rows, CUTOFF.plusDays(1)).modelVersion()).isEqualTo(new ModelVersion("2"));
    }

    /// The daily check finds the same drift again each day until somebody answers.
    @Test
    void driftTrainsNothingWhileAModelOfTheSameRowsWaitsForApproval() {
        promote(run(CUTOFF.minusDays(30)));
        var waiting = run(CUTOFF);
        outcomes.keep(waiting.labelledRows().digest(), waiting.answer("one", Standing.AWAITING_APPROVAL));

        var result = training(table(ROWS)).run(byDrift(CUTOFF), new Execution("drift"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        NothingNew.class,
                        nothing -> assertThat(nothing.decision().reasons())
                                .hasSize(2)
                                .satisfies(reasons -> assertThat(reasons.getFirst())
                                        .endsWith("version 2 was trained on by the execution one; it waits for a"
                                                + " person's approval"))
                                .endsWith("approve or reject it, or load newer labelled rows to retrain"));
        assertThat(tracking.runs()).hasSize(2);
    }

    /// The challenger lost against a champion that serves no longer.
    @Test
    void driftComparesTheSameRowsAnewWhereAnotherModelServes() {
        var former = run(CUTOFF.minusDays(30));
        promote(former);
        var kept = run(CUTOFF);
        outcomes.keep(kept.labelledRows().digest(), kept.answer("one", Standing.KEPT));
        var other = run(CUTOFF.minusDays(31));
        promote(other);

        assertThat(training(table(ROWS)).run(byDrift(CUTOFF), EXECUTION)).isInstanceOf(Outcome.class);

        promote(former);
        assertThat(training(table(ROWS)).run(byDrift(CUTOFF), EXECUTION)).isInstanceOf(NothingNew.class);
    }

    @Test
    void driftThatNewRowsMayAnswerTrains() {
        var first = run(LocalDate.of(2023, 9, 1));
        promote(first);
        outcomes.keep(first.labelledRows().digest(), first.answer("one", Standing.PROMOTED));

        assertThat(training(table(ROWS)).run(byDrift(CUTOFF), EXECUTION)).isInstanceOf(Outcome.class);
    }

    @Test
    void driftTrainsWhereNoModelIsInProduction() {
        var first = run(CUTOFF);
        outcomes.keep(first.labelledRows().digest(), first.answer("one", Standing.PROMOTED));

        assertThat(training(table(ROWS)).run(byDrift(CUTOFF), EXECUTION)).isInstanceOf(Outcome.class);
    }

    @Test
    void driftTrainsWhereTheModelInProductionCannotBeOpened() {
        var first = run(CUTOFF);
        promote(first);
        outcomes.keep(first.labelledRows().digest(), first.answer("one", Standing.PROMOTED));
        damage(first);

        assertThat(training(table(ROWS)).run(byDrift(CUTOFF), EXECUTION)).isInstanceOf(Outcome.class);
    }

    /// The rows, with the ages of those from a position on multiplied.
    private static LabelledRows ages(int from, float factor) {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < ROWS.size(); row++) {
            var values = ROWS.values(row);
            values[FeatureSchema.CONTRACT.position(Feature.AGE_DAYS)] *= row < from ? 1 : factor;
            rows.add(values, ROWS.divorced(row), ROWS.date(row), ROWS.index(row));
        }
        return rows.build();
    }

    @Test
    void faultyRowsUpToTheStagesShareAreLeftOutAndSaidSo() {
        faultyShare = 0.001;
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < ROWS.size(); row++) {
            var values = ROWS.values(row);
            values[FeatureSchema.CONTRACT.position(Feature.CLIENT_INCOME)] *= row < 3 ? Float.POSITIVE_INFINITY : 1;
            rows.add(values, ROWS.divorced(row), ROWS.date(row), ROWS.index(row));
        }

        var outcome = trained(table(rows.build()), CUTOFF);

        assertThat(outcome.labelledRows().leftOut()).isEqualTo(3);
        assertThat(outcome.labelledRows().count()).isEqualTo(ROWS.before(CUTOFF).size() - 3);
        assertThat(tracking.runs()
                        .getFirst()
                        .records()
                        .getFirst()
                        .manifest()
                        .data()
                        .labelledRows())
                .isEqualTo(outcome.labelledRows());
    }

    @Test
    void aTrackerThatFailsAtAnyCallLeavesNoModelAndNoOutcome() {
        run(CUTOFF);
        int calls = tracking.calls();
        s3.objects().clear();
        for (int answered = 0; answered < calls; answered++) {
            tracking.answerOnly(answered);
            assertThatThrownBy(() -> run(CUTOFF)).isInstanceOf(RegistryUnavailable.class);
            assertThat(s3.objects().keySet()).noneMatch(key -> key.startsWith("training/"));
            assertThat(models.hasProduction()).isFalse();
        }
    }

    @Test
    void aTrackerThatIsOutOfReachIsFoundBeforeRowsAreRead() {
        tracking.answerOnly(0);
        assertThatThrownBy(() -> run(LocalDate.of(1990, 1, 1))).isInstanceOf(RegistryUnavailable.class);
    }

    @Test
    void aBucketOutOfReachIsNamed() {
        s3.reachable(false);
        assertThatThrownBy(() -> run(CUTOFF)).isInstanceOf(ModelStoreUnavailable.class);
    }

    @Test
    void aFailureIsWrittenInOneSentenceAndExitsWithOne() {
        int exitCode = TrainingMain.exitCode(
                () -> {
                    throw new LabelledRowsUnavailable("PostgreSQL is gone", new IllegalStateException());
                },
                EXECUTION,
                outcomes);

        assertThat(exitCode).isEqualTo(1);
        assertThat(failure()).isEqualTo("PostgreSQL is gone");
    }

    @Test
    void anUnexpectedFailureReportsOnlyTypeAndPlace() {
        TrainingMain.exitCode(
                () -> {
                    throw new IllegalArgumentException("an applicant's income of 12000");
                },
                EXECUTION,
                outcomes);

        assertThat(failure())
                .startsWith("unexpected IllegalArgumentException at ")
                .doesNotContain("12000");
    }

    private String failure() {
        var object = requireNonNull(s3.objects().get("training/one/failure.json"));
        return JsonDocument.parse(new String(object, StandardCharsets.UTF_8)).text("error");
    }

    private void promote(Outcome outcome) {
        promote(identity(outcome));
    }

    private void promote(ModelIdentity model) {
        assertThat(models.replace(models.inProduction(), new ModelPointer(model)))
                .isTrue();
    }

    /// Changes one bit of the model's file.
    private void damage(Outcome outcome) {
        var file = stored(identity(outcome), ModelBundle.MODEL_FILE);
        file[file.length / 2] ^= 1;
    }

    private byte[] stored(ModelIdentity model, String file) {
        return requireNonNull(s3.objects().get(BucketKeys.bundleFile(model, file)));
    }

    private static ModelIdentity identity(Outcome outcome) {
        return new ModelIdentity(outcome.modelVersion(), outcome.manifestHash());
    }

    private static TrainingRequest byDrift(LocalDate cutoff) {
        return new TrainingRequest(cutoff, TrainingRequest.DRIFT, Opponent.PRODUCTION);
    }

    /// What serves was made with the rows of the months that are replayed.
    @Test
    void theFirstTrainingOfAReplayIsComparedWithNoChampion() {
        promote(run(CUTOFF));

        var result = training(table(ROWS))
                .run(new TrainingRequest(CUTOFF, TrainingRequest.REPLAY, Opponent.NONE), EXECUTION);

        assertThat(result)
                .isInstanceOfSatisfying(
                        Outcome.class, outcome -> assertThat(outcome.champion()).isNull());
    }

    @Test
    void theRunsOfAReplaysTrainingsAreBelowItsRunWhichEndsWithTheLastOfThem() {
        var replay = new TrainingRequest(
                CUTOFF,
                TrainingRequest.REPLAY,
                Opponent.NONE,
                new SearchBudget.None(),
                "ada",
                Optional.of(new Execution("arn:year")));

        training(table(ROWS)).run(replay, EXECUTION);
        s3.reachable(false);
        assertThatThrownBy(() -> training(table(ROWS)).run(replay, EXECUTION))
                .isInstanceOf(ModelStoreUnavailable.class);

        assertThat(tracking.runs()).hasSize(2).allSatisfy(run -> {
            assertThat(run.replay()).hasValue(new RunId("year"));
            assertThat(run.training().author()).isEqualTo("ada");
        });
        assertThat(tracking.replays()).isEqualTo(Map.of("year", List.of(true, false)));
    }

    private Outcome run(LocalDate cutoff) {
        return trained(table(ROWS), cutoff);
    }

    /// The challenger of a training that somebody started.
    private Outcome trained(LabelledRowsTable table, LocalDate cutoff) {
        var result = training(table).run(new TrainingRequest(cutoff, "manual", Opponent.PRODUCTION), EXECUTION);
        assertThat(result).isInstanceOf(Outcome.class);
        return (Outcome) result;
    }

    private TrainingRun training(LabelledRowsTable table) {
        var training = new Training(
                new TrainingParameters(10, 3, 0.1, 0.8, 0.8), SmokeRequest.application(), 1, InstantSource.system());
        return new TrainingRun(
                table,
                new RowCheck(faultyShare),
                new RangeCheck(logged, RangeCheck.LEAST_OVERLAP, new MovableClock()),
                new RowsReport(reports, new MovableClock()),
                training,
                models,
                tracking,
                outcomes,
                outcomes,
                BuiltCode.version(),
                new MovableClock());
    }

    private static LabelledRowsTable table(LabelledRows rows) {
        return new LabelledRowsTable() {
            @Override
            public LabelledRows before(LocalDate cutoff) {
                return rows.before(cutoff);
            }

            @Override
            public String origin() {
                return "synthetic population, seed 7";
            }
        };
    }
}
