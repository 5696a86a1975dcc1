package vowcheck.training.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.core.model.ModelCost;
import vowcheck.training.trees.TrainingParameters;

class RecipeSpaceTest {

    /// The default has 100 trees of depth 3: 300 steps, and 100 · 8 · 9 = 7,200 for an explanation.
    @ParameterizedTest
    @CsvSource({"2, 750", "3, 500", "4, 281", "5, 90", "6, 31"})
    void deeperTreesMustBeFewer(int depth, int trees) {
        assertThat(RecipeSpace.mostTrees(depth, TrainingParameters.CONTRACT)).isEqualTo(trees);
        var cost = ModelCost.most(trees, depth);
        assertThat(cost.steps()).isLessThanOrEqualTo(5 * 300);
        assertThat(cost.explanation()).isLessThanOrEqualTo(10 * 7_200);
        var more = ModelCost.most(trees + 1, depth);
        assertThat(more.steps() > 5 * 300 || more.explanation() > 10 * 7_200).isTrue();
    }

    @Test
    void aTrialsRecipeDependsOnItsNumberAndTheSeedAlone() {
        var space = new RecipeSpace(TrainingParameters.CONTRACT, 42);

        assertThat(space.recipe(3)).isEqualTo(new RecipeSpace(TrainingParameters.CONTRACT, 42).recipe(3));
        assertThat(IntStream.rangeClosed(1, 20).mapToObj(space::recipe)).doesNotHaveDuplicates();
        assertThat(new RecipeSpace(TrainingParameters.CONTRACT, 43).recipe(3)).isNotEqualTo(space.recipe(3));
    }

    @Test
    void everyDepthIsDrawn() {
        var space = new RecipeSpace(TrainingParameters.CONTRACT, 42);

        assertThat(IntStream.rangeClosed(1, 100)
                        .mapToObj(space::recipe)
                        .map(TrainingParameters::depth)
                        .distinct())
                .containsExactlyInAnyOrder(2, 3, 4, 5, 6);
    }
}
