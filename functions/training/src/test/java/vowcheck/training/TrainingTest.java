package vowcheck.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.core.features.Application;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.LaterBuild;
import vowcheck.core.model.BoostedTrees;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RowCount;
import vowcheck.core.model.Tree;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.training.FittedRecipe;
import vowcheck.core.training.InsufficientRows;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.OutcomeFixtures;
import vowcheck.core.training.TimeSplit;
import vowcheck.training.population.SyntheticPopulation;
import vowcheck.training.trees.BinaryXGBoostTrainer;
import vowcheck.training.trees.TrainingParameters;

class TrainingTest {

    private static final LocalDate CUTOFF = LocalDate.of(2024, 1, 1);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final LabelledRows POPULATION = SyntheticPopulation.rows(7);
    private static final LabelledRows ROWS = POPULATION.range(0, 30_000);

    @Test
    void theBundleSaysWhatItWasMadeOf() {
        var manifest = train(ROWS, 1, NOW, 42).manifest();
        assertThat(manifest.version()).isEqualTo(new ModelVersion("7"));
        assertThat(manifest.data().origin()).isEqualTo("synthetic population, seed 7");
        assertThat(manifest.data().cutoff()).isEqualTo(CUTOFF);
        assertThat(List.of(
                        manifest.data().training(),
                        manifest.data().calibrating(),
                        manifest.data().test()))
                .extracting(RowCount::rows)
                .containsExactly(24_300, 2_700, 3_000);
        // 179 rows a day from 2023-05-01 on; row 26,999 is the last of the calibration part
        assertThat(manifest.data().fittedUntil())
                .isEqualTo(LocalDate.of(2023, 5, 1).plusDays(26_999 / 179));
        assertThat(manifest.settings().parameters())
                .containsEntry("objective", "binary:logistic")
                .containsEntry("max_depth", "3")
                .containsEntry("eta", "0.01")
                .containsEntry("num_round", "100")
                .containsEntry("subsample", "0.8")
                .containsEntry("colsample_bytree", "0.8");
        assertThat(Double.parseDouble(manifest.settings().parameters().getOrDefault("scale_pos_weight", "0")))
                .isCloseTo(
                        (24_300.0 - manifest.data().training().positives())
                                / manifest.data().training().positives(),
                        within(1e-9));
    }

    @Test
    void aFeatureThatNoRowHasYetIsNoFeatureOfTheModel() {
        var bundle = train(withHousehold(ROWS, row -> Float.NaN), 1, NOW, 42);

        assertThat(bundle.manifest().schema()).isEqualTo(FeatureSchema.CONTRACT);
        assertThat(bundle.modelBytes()).isEqualTo(train(ROWS, 1, NOW, 42).modelBytes());
    }

    @Test
    void aFeatureThatSomeRowsHaveIsLearnedAndUnknownToAFormerBuild() {
        var rows = withHousehold(ROWS, row -> row % 3 == 0 ? Float.NaN : ROWS.divorced(row) ? 2 : 1 + row % 2);
        var bundle = train(rows, 1, NOW, 42);

        assertThat(bundle.manifest().schema()).isEqualTo(LaterBuild.SCHEMA);
        assertThat(bundle.manifest().data().reference().sequencedKeySet())
                .containsExactlyElementsOf(LaterBuild.SCHEMA.features());
        var former = application();
        var household = former.values(LaterBuild.SCHEMA);
        household[LaterBuild.SCHEMA.position(LaterBuild.HOUSEHOLD_SIZE)] = 2;
        var model = bundle.scoringModel();
        assertThat(model.probability(Application.of(LaterBuild.SCHEMA, household)))
                .isNotEqualTo(model.probability(former));
        assertThatThrownBy(() -> ModelBundle.open(bundle.manifestBytes(), bundle.modelBytes(), FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("Household_Size");
    }

    @Test
    void aModelOfFewerFeaturesIsMeasuredOnTheRowsOfALaterBuild() {
        var model = train(ROWS, 1, NOW, 42).scoringModel();
        var test = ROWS.range(0, 5_000);

        assertThat(FittedRecipe.of(model).probabilities(withHousehold(test, row -> row)))
                .isEqualTo(FittedRecipe.of(model).probabilities(test));
    }

    @Test
    void parityIsHeldOnEveryTestRowPlainAndWithMissingAndWithExtremeValues() {
        var parity = train(ROWS, 1, NOW, 42).manifest().parity();
        assertThat(parity.rows()).isEqualTo(3 * 3_000);
        assertThat(parity.largestDifference()).isLessThan(ParityCheck.TOLERANCE);
    }

    @Test
    void calibratedProbabilitiesAreAsHighAsTheRateOfDivorces() {
        var bundle = train(ROWS, 1, NOW, 42);
        double sum = 0;
        for (int row = 0; row < ROWS.size(); row++) {
            sum += bundle.scoringModel().probability(Application.of(FeatureSchema.CONTRACT, ROWS.values(row)));
        }
        assertThat(sum / ROWS.size()).isCloseTo((double) ROWS.positives() / ROWS.size(), within(0.01));
    }

    @Test
    void theNumberOfThreadsDoesNotChangeTheModel() {
        assertThat(train(ROWS, 2, NOW, 42).modelBytes())
                .isEqualTo(train(ROWS, 1, NOW, 42).modelBytes());
    }

    @Test
    void theTimeChangesTheFileButNotTheTrees() {
        var now = train(ROWS, 1, NOW, 42);
        var later = train(ROWS, 1, NOW.plusSeconds(1), 42);
        assertThat(later.modelBytes()).isNotEqualTo(now.modelBytes());
        assertThat(margins(later)).containsExactly(margins(now));
    }

    @Test
    void anotherSeedGivesOtherTrees() {
        assertThat(margins(train(ROWS, 1, NOW, 43))).isNotEqualTo(margins(train(ROWS, 1, NOW, 42)));
    }

    @Test
    void rowsOfTheCutoffAndLaterAreNotUsed() {
        var more = POPULATION.range(0, 60_000);
        var known = more.before(CUTOFF);
        assertThat(known.size()).isBetween(30_001, 59_999);
        assertThat(train(more, 1, NOW, 42).modelBytes())
                .isEqualTo(train(known, 1, NOW, 42).modelBytes());
    }

    @Test
    void tooFewRowsAreRefused() {
        assertThatThrownBy(() -> train(ROWS.range(0, 20), 1, NOW, 42)).isInstanceOf(InsufficientRows.class);
    }

    @Test
    void treesThatDisagreeWithTribuoAreNotPublished() {
        var trainer =
                new BinaryXGBoostTrainer(TrainingParameters.CONTRACT.settings(10, 1), 1, InstantSource.fixed(NOW));
        var tribuo = trainer.train(ROWS.range(0, 1_000), "synthetic");
        var other = BoostedTrees.of(FeatureSchema.CONTRACT, 0.5f, List.of(new Tree(List.of(new Tree.Leaf(0.1f, 1)))));
        assertThatThrownBy(() -> new ParityCheck(1).check(other, tribuo, ROWS.range(0, 10)))
                .isInstanceOf(ParityFailure.class)
                .hasMessageStartingWith("compared row 0 scores ");
    }

    @Test
    void baseRowsAreAsHardAsTheContractSays() {
        var metrics = new Training(TrainingParameters.CONTRACT, application(), 2, InstantSource.fixed(NOW))
                .train(new TrainingInput(
                        TimeSplit.of(POPULATION.before(LocalDate.of(2025, 1, 1))),
                        OutcomeFixtures.ROWS,
                        "synthetic population",
                        LocalDate.of(2025, 1, 1),
                        new ModelVersion("7"),
                        42))
                .manifest()
                .metrics();
        // The contract states 0.656 and 0.129 for the real rows.
        assertThat(metrics.rocAuc()).isCloseTo(0.656, within(0.025));
        assertThat(metrics.averagePrecision()).isCloseTo(0.129, within(0.02));
    }

    private static ModelBundle train(LabelledRows rows, int threads, Instant now, long seed) {
        return new Training(TrainingParameters.CONTRACT, application(), threads, InstantSource.fixed(now))
                .train(new TrainingInput(
                        TimeSplit.of(rows.before(CUTOFF)),
                        OutcomeFixtures.ROWS,
                        SyntheticPopulation.origin(7),
                        CUTOFF,
                        new ModelVersion("7"),
                        seed));
    }

    private static Application application() {
        return Application.of(
                FeatureSchema.CONTRACT, 12_000, 10_000, 5_000, 20_000, 2_730, 2_730, 2_800, 2_500, 0, 6_000);
    }

    /// The rows as a later build reads them.
    private static LabelledRows withHousehold(LabelledRows rows, IntToDoubleFunction householdSize) {
        var later = LabelledRows.builder(LaterBuild.SCHEMA);
        for (int row = 0; row < rows.size(); row++) {
            var values = Arrays.copyOf(rows.values(row), LaterBuild.SCHEMA.size());
            values[LaterBuild.SCHEMA.position(LaterBuild.HOUSEHOLD_SIZE)] = (float) householdSize.applyAsDouble(row);
            later.add(values, rows.divorced(row), rows.date(row), rows.index(row));
        }
        return later.build();
    }

    private static double[] margins(ModelBundle bundle) {
        return IntStream.range(0, 1_000)
                .mapToDouble(row -> bundle.scoringModel().trees().margin(ROWS.values(row)))
                .toArray();
    }
}
