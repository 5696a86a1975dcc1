package vowcheck.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;

class BoostedTreesTest {

    private static final Tree YOUNG_GOES_LEFT = new Tree(List.of(
            new Tree.Split(Feature.AGE_DAYS, 9855f, 1, 2, false, 3), new Tree.Leaf(0.5f, 1), new Tree.Leaf(-0.25f, 2)));

    @Test
    void aValueBelowTheThresholdGoesLeft() {
        assertThat(BoostedTrees.of(FeatureSchema.CONTRACT, 0, List.of(YOUNG_GOES_LEFT))
                        .margin(withAge(9854f)))
                .isEqualTo(0.5f);
    }

    @Test
    void aValueEqualToTheThresholdGoesRight() {
        assertThat(BoostedTrees.of(FeatureSchema.CONTRACT, 0, List.of(YOUNG_GOES_LEFT))
                        .margin(withAge(9855f)))
                .isEqualTo(-0.25f);
    }

    @Test
    void aMissingValueTakesTheDefaultBranch() {
        var missingGoesLeft = new Tree(List.of(
                new Tree.Split(Feature.AGE_DAYS, 9855f, 1, 2, true, 3),
                new Tree.Leaf(0.5f, 1),
                new Tree.Leaf(-0.25f, 2)));
        var trees =
                BoostedTrees.of(FeatureSchema.CONTRACT, 0, List.of(YOUNG_GOES_LEFT, missingGoesLeft, missingGoesLeft));
        assertThat(trees.margin(withAge(Float.NaN))).isEqualTo(-0.25f + 0.5f + 0.5f);
    }

    @Test
    void theMarginStartsAtTheBaseMargin() {
        var trees = BoostedTrees.of(FeatureSchema.CONTRACT, -1.5f, List.of(new Tree(List.of(new Tree.Leaf(0.5f, 1)))));
        assertThat(trees.margin(withAge(1))).isEqualTo(-1);
    }

    /// The deepest leaf of a tree decides about all of its leaves.
    @Test
    void theCostIsCountedInTheTreesAsTheyAre() {
        var stump = new Tree(List.of(new Tree.Leaf(0.5f, 1)));
        var lopsided = new Tree(List.of(
                new Tree.Split(Feature.AGE_DAYS, 100, 1, 2, false, 3),
                new Tree.Leaf(1, 1),
                new Tree.Split(Feature.AGE_DAYS, 200, 3, 4, false, 2),
                new Tree.Leaf(2, 1),
                new Tree.Leaf(3, 1)));
        var trees = BoostedTrees.of(FeatureSchema.CONTRACT, 0, List.of(stump, lopsided, lopsided));

        assertThat(trees.cost()).isEqualTo(new ModelCost(2 + 2, 3 * 4 + 3 * 4));
        assertThat(ModelCost.most(100, 3)).isEqualTo(new ModelCost(300, 100 * 8 * 9));
    }

    @Test
    void nodesMayStandInAnyOrder() {
        var tree = new Tree(List.of(
                new Tree.Split(Feature.AGE_DAYS, 100, 4, 2, false, 3),
                new Tree.Leaf(99, 1),
                new Tree.Leaf(1, 1),
                new Tree.Leaf(2, 1),
                new Tree.Split(Feature.AGE_DAYS, 50, 3, 5, false, 2),
                new Tree.Leaf(3, 1)));
        var trees = BoostedTrees.of(FeatureSchema.CONTRACT, 0, List.of(tree, tree));
        assertThat(List.of(trees.margin(withAge(10)), trees.margin(withAge(60)), trees.margin(withAge(200))))
                .containsExactly(4f, 6f, 2f);
    }

    @Test
    void aModelWithoutTreesIsRefused() {
        assertThatThrownBy(() -> BoostedTrees.of(FeatureSchema.CONTRACT, 0, List.of()))
                .isInstanceOf(UnusableModel.class);
    }

    @Test
    void aSplitByAFeatureThatTheModelDoesNotHaveIsRefused() {
        var schema = FeatureSchema.of(List.of(Feature.ID_DAYS));
        assertThatThrownBy(() -> BoostedTrees.of(schema, 0, List.of(YOUNG_GOES_LEFT)))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("A split tests Age_Days, expected one of [ID_Days]");
    }

    @Test
    void aBaseMarginThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> BoostedTrees.of(FeatureSchema.CONTRACT, Float.NaN, List.of(YOUNG_GOES_LEFT)))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("NaN");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void flattenedTreesGiveTheMarginsOfTheOriginalTrees(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var trees = IntStream.range(0, 20)
                .mapToObj(_ -> RandomTrees.tree(random, 4))
                .toList();
        var flat = BoostedTrees.of(FeatureSchema.CONTRACT, 0.125f, trees);
        for (int row = 0; row < 1_000; row++) {
            var values = RandomTrees.values(random);
            float expected = 0.125f;
            for (var tree : trees) {
                expected += walk(tree, 0, values);
            }
            assertThat(flat.margin(values)).isEqualTo(expected);
        }
    }

    private static float walk(Tree tree, int index, float[] values) {
        return switch (tree.nodes().get(index)) {
            case Tree.Leaf leaf -> leaf.value();
            case Tree.Split split -> {
                float value = values[FeatureSchema.CURRENT.position(split.feature())];
                boolean left = Float.isNaN(value) ? split.missingGoesLeft() : value < split.threshold();
                yield walk(tree, left ? split.left() : split.right(), values);
            }
        };
    }

    private static float[] withAge(float ageDays) {
        var values = new float[FeatureSchema.CURRENT.size()];
        values[FeatureSchema.CURRENT.position(Feature.AGE_DAYS)] = ageDays;
        return values;
    }
}
