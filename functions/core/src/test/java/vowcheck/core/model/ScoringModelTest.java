package vowcheck.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.LaterBuild;

class ScoringModelTest {

    @Test
    void theProbabilityIsThatOfTheCalibratedMargin() {
        // 2 × 0.5 − 1 = 0 log-odds
        assertThat(answering(0.5f).probability(ModelFixtures.APPLICATION)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theExplanationSumsToTheLogOddsOfTheAnsweredProbability(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var trees =
                Stream.generate(() -> RandomTrees.tree(random, 3)).limit(100).toList();
        var model = new ScoringModel(
                manifest(), Sha256.of(new byte[0]), BoostedTrees.of(FeatureSchema.CONTRACT, 0.125f, trees));
        for (int row = 0; row < 100; row++) {
            var application = Application.of(
                    FeatureSchema.CONTRACT,
                    1 + random.nextInt(10),
                    2,
                    random.nextInt(10),
                    random.nextInt(10),
                    4,
                    5,
                    6,
                    7,
                    8,
                    9);
            assertThat(model.explain(application).logOdds()).isCloseTo(model.logOdds(application), within(1e-12));
            assertThat(LogOdds.probability(model.explain(application).logOdds()))
                    .isCloseTo(model.probability(application), within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aModelScoresByItsOwnFeaturesInItsOwnOrder(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var trees =
                Stream.generate(() -> RandomTrees.tree(random, 3)).limit(100).toList();
        var model = new ScoringModel(
                manifest(), Sha256.of(new byte[0]), BoostedTrees.of(FeatureSchema.CONTRACT, 0.125f, trees));
        var backwards = FeatureSchema.of(FeatureSchema.CONTRACT.features().reversed());
        var turned = BoostedTrees.of(backwards, 0.125f, trees);
        for (int row = 0; row < 100; row++) {
            var values = RandomTrees.values(random);
            for (int position = 0; position < values.length; position++) {
                values[position] = Float.isNaN(values[position]) ? 1 : 1 + values[position];
            }
            var application = Application.of(FeatureSchema.CONTRACT, values);
            var later = Application.of(LaterBuild.SCHEMA, append(values, row % 2 == 0 ? Float.NaN : 3));

            assertThat(model.probability(later)).isEqualTo(model.probability(application));
            assertThat(model.explain(later)).isEqualTo(model.explain(application));
            assertThat(model.explain(later).contributions()).hasSize(10);
            assertThat(turned.margin(later.values(backwards)))
                    .isEqualTo(model.trees().margin(values));
        }
    }

    @Test
    void aFeatureThatAnApplicationLacksIsAMissingValueToTheTrees() {
        var schema = FeatureSchema.of(List.of(Feature.AGE_DAYS, LaterBuild.HOUSEHOLD_SIZE));
        var trees = BoostedTrees.of(
                schema,
                0,
                List.of(new Tree(List.of(
                        new Tree.Split(LaterBuild.HOUSEHOLD_SIZE, 3, 1, 2, false, 2),
                        new Tree.Leaf(0.5f, 1),
                        new Tree.Leaf(-0.5f, 1)))));
        var withoutHousehold = ModelFixtures.APPLICATION.values(schema);

        assertThat(trees.margin(withoutHousehold)).isEqualTo(-0.5f);
        assertThat(trees.explain(withoutHousehold).contributions())
                .extracting(Explanation.Contribution::feature)
                .containsExactly(Feature.AGE_DAYS, LaterBuild.HOUSEHOLD_SIZE);
    }

    @Test
    void treesOfOtherFeaturesThanTheManifestsAreRefused() {
        var trees = BoostedTrees.of(LaterBuild.SCHEMA, 0, List.of(new Tree(List.of(new Tree.Leaf(1, 1)))));
        assertThatThrownBy(() -> new ScoringModel(manifest(), Sha256.of(new byte[0]), trees))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("Household_Size");
    }

    @Test
    void anExplanationNamesAtLeastOneFeatureAndNoneTwice() {
        var age = new Explanation.Contribution(Feature.AGE_DAYS, 0.5);
        assertThatThrownBy(() -> new Explanation(0, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("contributions [], expected at least one, and no feature twice");
        assertThatThrownBy(() -> new Explanation(0, List.of(age, age)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("contributions [Contribution[Age_Days], Contribution[Age_Days]],"
                        + " expected at least one, and no feature twice");
    }

    @Test
    void anExplanationStaysOutOfLogs() {
        assertThat(answering(0.5f).explain(ModelFixtures.APPLICATION)).hasToString("Explanation[…]");
    }

    @Test
    void aModelThatDoesNotReproduceItsSmokeProbabilityIsRefused() {
        assertThatThrownBy(answering(0.5f)::requireSmoke)
                .isInstanceOf(UnusableModel.class)
                .hasMessageContainingAll("0.5", "0.25");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aCalibrationThatWouldReverseTheRankingIsRefused(double slope) {
        assertThatThrownBy(() -> new Calibration(slope, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.1, 0.5, 0.9, 0.999999})
    void logOddsAndProbabilityAreInverse(double probability) {
        assertThat(LogOdds.probability(LogOdds.ofProbability(probability))).isCloseTo(probability, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "..", "-1", "ü"})
    void aVersionThatDoesNotFitAPathIsRefused(String version) {
        assertThatThrownBy(() -> new ModelVersion(version))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + version + "'");
    }

    @Test
    void theDigestOfNoBytesIsTheKnownOne() {
        assertThat(Sha256.of(new byte[0]))
                .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    private static float[] append(float[] values, float last) {
        var more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = last;
        return more;
    }

    private static ScoringModel answering(float margin) {
        var trees = BoostedTrees.of(FeatureSchema.CONTRACT, 0, List.of(new Tree(List.of(new Tree.Leaf(margin, 1)))));
        return new ScoringModel(manifest(), Sha256.of(new byte[0]), trees);
    }

    /// Calibrates by 2 × log-odds − 1 and expects a probability of 0.25.
    private static ModelManifest manifest() {
        return new ModelManifest(
                ModelVersion.BASELINE,
                new ModelFile(Sha256.of(new byte[0]), "4.3.2", "3.0.4"),
                FeatureSchema.CONTRACT,
                new TrainingData(
                        "synthetic, made up for a test",
                        LocalDate.of(2025, 5, 1),
                        LocalDate.of(2025, 3, 1),
                        null,
                        new RowCount(810, 60),
                        new RowCount(90, 10),
                        new RowCount(100, 12),
                        ModelFixtures.reference()),
                new TrainerSettings(new TreeMap<>(Map.of("max_depth", "3")), 42),
                new Calibration(2, -1),
                new TestMetrics(0.25, 0.65, 0.12, 0.4),
                new Parity(200, 6e-8),
                new SmokeExpectation(ModelFixtures.APPLICATION, 0.25));
    }
}
