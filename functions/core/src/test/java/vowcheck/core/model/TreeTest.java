package vowcheck.core.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.features.Feature;

class TreeTest {

    private static final Tree.Leaf LEAF = new Tree.Leaf(0.1f, 1);

    @Test
    void aTreeWithoutNodesIsRefused() {
        assertThatThrownBy(() -> new Tree(List.of())).isInstanceOf(UnusableModel.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
    void aChildOutOfRangeIsRefused(int child) {
        assertThatThrownBy(() -> new Tree(List.of(split(1, child), LEAF, LEAF)))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("Node 0 of a tree has the child %d, expected 0 to 2", child);
    }

    @Test
    void aCycleIsRefused() {
        assertThatThrownBy(() -> new Tree(List.of(split(1, 2), split(0, 2), LEAF)))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("reached twice");
    }

    @Test
    void aNodeWithTwoParentsIsRefused() {
        assertThatThrownBy(() -> new Tree(List.of(split(1, 1), LEAF)))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("reached twice");
    }

    @Test
    void aNodeThatPruningLeftBehindIsPermitted() {
        assertThatCode(() -> new Tree(List.of(split(1, 2), LEAF, LEAF, split(99, -99))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aLeafThatIsNoFiniteNumberIsRefused(float value) {
        assertThatThrownBy(() -> new Tree(List.of(new Tree.Leaf(value, 1)))).isInstanceOf(UnusableModel.class);
    }

    @Test
    void aSplitWithoutThresholdIsRefused() {
        var split = new Tree.Split(Feature.AGE_DAYS, Float.NaN, 1, 2, false, 2);
        assertThatThrownBy(() -> new Tree(List.of(split, LEAF, LEAF))).isInstanceOf(UnusableModel.class);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void aSplitThatNoRowReachedIsRefused(float hessianSum) {
        var split = new Tree.Split(Feature.AGE_DAYS, 1, 1, 2, false, hessianSum);
        assertThatThrownBy(() -> new Tree(List.of(split, LEAF, LEAF))).isInstanceOf(UnusableModel.class);
    }

    private static Tree.Split split(int left, int right) {
        return new Tree.Split(Feature.AGE_DAYS, 1, left, right, false, 2);
    }
}
