package vowcheck.training.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import vowcheck.core.model.ModelCost;
import vowcheck.core.training.SearchedRecipe;
import vowcheck.training.trees.TrainingParameters;

/// The recipes that a search draws from: depth, learning rate and regularisation, at random. Each has as many trees as
/// it may have at most, so that neither a score nor an explanation can cost more than a searched model's may.
final class RecipeSpace {

    private static final int LEAST_DEPTH = 2;
    private static final int MOST_DEPTH = 6;

    private final TrainingParameters defaults;
    private final long seed;

    /// @param defaults the default recipe, to whose cost others are compared; shares of rows and features are its own
    RecipeSpace(TrainingParameters defaults, long seed) {
        this.defaults = defaults;
        this.seed = seed;
    }

    /// The recipe of a trial. It depends on the trial's number and the seed alone, not on the trials before.
    TrainingParameters recipe(int trial) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(31 * seed + trial);
        int depth = random.nextInt(LEAST_DEPTH, MOST_DEPTH + 1);
        return new TrainingParameters(
                mostTrees(depth, defaults),
                depth,
                between(random, 0.01, 0.3),
                defaults.rowFraction(),
                defaults.featureFraction(),
                between(random, 0.5, 50),
                between(random, 1, 200));
    }

    /// How many trees of a depth a searched model may have.
    static int mostTrees(int depth, TrainingParameters defaults) {
        var one = ModelCost.most(1, depth);
        var limit = ModelCost.most(defaults.trees(), defaults.depth());
        return Math.toIntExact(Math.max(
                1,
                Math.min(
                        SearchedRecipe.SCORE_FACTOR * limit.steps() / one.steps(),
                        SearchedRecipe.EXPLANATION_FACTOR * limit.explanation() / one.explanation())));
    }

    /// Uniform in the logarithm, with three digits, so that what is stated is what was used.
    private static double between(RandomGenerator random, double least, double most) {
        double drawn = least * StrictMath.exp(random.nextDouble() * StrictMath.log(most / least));
        return new BigDecimal(drawn).round(new MathContext(3)).doubleValue();
    }
}
