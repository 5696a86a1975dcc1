package vowcheck.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;

class TreeShapTest {

    private static final int FEATURES = FeatureSchema.CURRENT.size();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void contributionsAreTheShapleyValuesOverAllSubsetsOfFeatures(int depth) {
        var random = random(depth);
        for (int repetition = 0; repetition < 5; repetition++) {
            var forest = forest(random, depth);
            var trees = BoostedTrees.of(FeatureSchema.CONTRACT, 0, forest);
            var values = RandomTrees.values(random);
            assertThat(TreeShap.contributions(trees, values))
                    .containsExactly(shapleyValues(forest, values), within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8, 12})
    void baseAndContributionsSumToTheMarginAndTheBaseIsTheSameForEveryRow(int depth) {
        var random = random(depth);
        var forest = forest(random, depth);
        var trees = BoostedTrees.of(FeatureSchema.CONTRACT, -1.5f, forest);
        double nothingKnown = -1.5 + expected(forest, new float[FEATURES], 0);
        for (int row = 0; row < 100; row++) {
            var values = RandomTrees.values(random);
            var explanation = trees.explain(values);
            assertThat(explanation.logOdds()).isCloseTo(trees.margin(values), within(1e-12));
            assertThat(explanation.base()).isCloseTo(nothingKnown, within(1e-5));
        }
    }

    @Test
    void aFeatureThatNoTreeTestsContributesNothing() {
        var young = new Tree(List.of(
                new Tree.Split(Feature.AGE_DAYS, 9855, 1, 2, false, 4),
                new Tree.Leaf(0.5f, 1),
                new Tree.Leaf(-0.5f, 3)));
        var contributions = BoostedTrees.of(FeatureSchema.CONTRACT, 0, List.of(young))
                .explain(new float[FEATURES])
                .contributions();
        // A quarter of the rows is young, so the mean is -0.25; the young leaf of 0.5 is 0.75 above it.
        assertThat(contributions)
                .allSatisfy(contribution -> assertThat(contribution.logOdds())
                        .isEqualTo(contribution.feature().equals(Feature.AGE_DAYS) ? 0.75 : 0));
    }

    @Test
    void aLeafThatNoTrainingRowReachedIsExplained() {
        var tree = new Tree(List.of(
                new Tree.Split(Feature.AGE_DAYS, 5, 1, 2, false, 4),
                new Tree.Split(Feature.CREDIT_BUREAU, 5, 3, 4, false, 3),
                new Tree.Leaf(-0.5f, 1),
                new Tree.Leaf(0.75f, 0),
                new Tree.Leaf(0.25f, 3)));
        var values = new float[FEATURES];
        assertThat(TreeShap.contributions(BoostedTrees.of(FeatureSchema.CONTRACT, 0, List.of(tree)), values))
                .containsExactly(shapleyValues(List.of(tree), values), within(1e-15));
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static List<Tree> forest(RandomGenerator random, int depth) {
        return IntStream.range(0, 3)
                .mapToObj(_ -> RandomTrees.tree(random, depth))
                .toList();
    }

    /// The definition: a feature's gain, averaged over all subsets of the other features by their weights.
    private static double[] shapleyValues(List<Tree> trees, float[] values) {
        var expected = IntStream.range(0, 1 << FEATURES)
                .mapToDouble(known -> expected(trees, values, known))
                .toArray();
        var shapley = new double[FEATURES];
        for (int feature = 0; feature < FEATURES; feature++) {
            for (int known = 0; known < expected.length; known++) {
                if ((known & 1 << feature) == 0) {
                    int others = Integer.bitCount(known);
                    double weight = factorial(others) * factorial(FEATURES - 1 - others) / factorial(FEATURES);
                    shapley[feature] += weight * (expected[known | 1 << feature] - expected[known]);
                }
            }
        }
        return shapley;
    }

    private static double factorial(int number) {
        return IntStream.rangeClosed(2, number).asDoubleStream().reduce(1, (a, b) -> a * b);
    }

    private static double expected(List<Tree> trees, float[] values, int known) {
        return trees.stream()
                .mapToDouble(tree -> expected(tree, 0, values, known))
                .sum();
    }

    /// Algorithm 1 of the paper: a split by an unknown feature weights its branches by their covers.
    private static double expected(Tree tree, int index, float[] values, int known) {
        return switch (tree.nodes().get(index)) {
            case Tree.Leaf leaf -> leaf.value();
            case Tree.Split split -> {
                double left = expected(tree, split.left(), values, known);
                double right = expected(tree, split.right(), values, known);
                if ((known & 1 << FeatureSchema.CURRENT.position(split.feature())) != 0) {
                    float value = values[FeatureSchema.CURRENT.position(split.feature())];
                    boolean goesLeft = Float.isNaN(value) ? split.missingGoesLeft() : value < split.threshold();
                    yield goesLeft ? left : right;
                }
                yield (left * cover(tree, split.left()) + right * cover(tree, split.right())) / split.hessianSum();
            }
        };
    }

    private static double cover(Tree tree, int index) {
        return tree.nodes().get(index).hessianSum();
    }
}
