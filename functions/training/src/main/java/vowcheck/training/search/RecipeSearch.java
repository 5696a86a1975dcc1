package vowcheck.training.search;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.SearchFailed;
import vowcheck.core.training.SearchTrial;
import vowcheck.core.workflow.SearchBudget;
import vowcheck.training.trees.TrainingParameters;

/// Draws recipes at random and tries each on the same folds, after the default one. The best is chosen by the mean
/// average precision of its folds alone. A search with as many trials finds the same on every machine: only their
/// number
/// depends on the time.
public final class RecipeSearch {

    private static final Logger LOG = System.getLogger(RecipeSearch.class.getName());

    private final InstantSource clock;
    private final Fit fit;

    /// @param threads that XGBoost may use, at least 1; the result does not depend on it
    public RecipeSearch(int threads, InstantSource clock) {
        this(
                clock,
                (fold, recipe, stopsEarly, seed) -> stopsEarly
                        ? FoldFit.stoppedEarly(fold, recipe, seed, threads)
                        : FoldFit.of(fold, recipe, seed, threads));
    }

    RecipeSearch(InstantSource clock, Fit fit) {
        this.clock = clock;
        this.fit = fit;
    }

    /// Fits a recipe on a fold; throws [TrialFailed].
    @FunctionalInterface
    interface Fit {
        FoldFit of(TimeFold fold, TrainingParameters recipe, boolean stopsEarly, long seed);
    }

    /// What was found.
    ///
    /// @param recipe the chosen one
    /// @param trials all of them, the default recipe first
    public record Found(TrainingParameters recipe, List<SearchTrial> trials) {

        public Found {
            trials = List.copyOf(trials);
        }

        /// How many recipes were drawn: the default one does not count.
        public int drawn() {
            return trials.size() - 1;
        }

        /// The number of the chosen trial, 0 for the default recipe.
        public int chosen() {
            return trials.stream()
                    .filter(SearchTrial::chosen)
                    .mapToInt(SearchTrial::number)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private record Tried(
            int number, TrainingParameters recipe, SearchTrial.Result result, Instant begun, Instant ended) {

        double score() {
            return switch (result) {
                case SearchTrial.Measured measured -> measured.averagePrecision();
                case SearchTrial.Failed _ -> Double.NEGATIVE_INFINITY;
            };
        }

        SearchTrial trial(boolean chosen) {
            return new SearchTrial(number, recipe.stated(), result, chosen, begun, ended);
        }
    }

    /// Searches on rows in time order, none of which may be used to measure the model afterwards. Throws
    /// [InsufficientRows] where a fold lacks a label, and [SearchFailed] where no trial could be fitted.
    ///
    /// @param defaults the default recipe
    public Found search(LabelledRows rows, TrainingParameters defaults, SearchBudget budget, long seed) {
        var space = new RecipeSpace(defaults, seed);
        var begins = begins(budget);
        var tried = new ArrayList<Tried>();
        tried.add(tryOut(rows, defaults, 0, seed));
        for (int trial = 1; begins.test(trial); trial++) {
            tried.add(tryOut(rows, space.recipe(trial), trial, seed));
        }
        var best = tried.getFirst();
        for (var other : tried) {
            if (other.score() > best.score()) {
                best = other;
            }
        }
        if (best.result() instanceof SearchTrial.Failed(var problem)) {
            throw new SearchFailed("none of %d recipes could be fitted, the default one included: %s"
                    .formatted(tried.size(), problem));
        }
        LOG.log(
                Level.INFO,
                "trial {0} of {1} is chosen: average precision {2}, the default recipe''s {3}",
                best.number(),
                tried.size() - 1,
                best.score(),
                tried.getFirst().score());
        int chosen = best.number();
        return new Found(
                best.recipe(),
                tried.stream().map(it -> it.trial(it.number() == chosen)).toList());
    }

    /// Whether the trial of a number begins.
    private IntPredicate begins(SearchBudget budget) {
        return switch (budget) {
            case SearchBudget.None _ -> _ -> false;
            case SearchBudget.Trials(int trials) -> trial -> trial <= trials;
            case SearchBudget.Minutes(int minutes) -> {
                var end = clock.instant().plus(Duration.ofMinutes(minutes));
                yield trial -> trial == 1
                        || (trial <= SearchBudget.Trials.MOST && clock.instant().isBefore(end));
            }
        };
    }

    /// The default recipe keeps its number of trees; any other has the median of those that the folds stopped at.
    private Tried tryOut(LabelledRows rows, TrainingParameters recipe, int number, long seed) {
        var begun = clock.instant();
        var averagePrecisions = new ArrayList<Double>();
        var trees = new int[TimeFold.FOLDS];
        try {
            // One fold at a time is in memory: it holds copies of most rows.
            for (int fold = 1; fold <= TimeFold.FOLDS; fold++) {
                var fitted = fit.of(TimeFold.of(rows, fold), recipe, number > 0, seed);
                averagePrecisions.add(fitted.averagePrecision());
                trees[fold - 1] = fitted.trees();
            }
        } catch (TrialFailed e) {
            LOG.log(Level.WARNING, "trial {0} is left out: {1}", number, e.getMessage());
            return new Tried(
                    number, recipe, new SearchTrial.Failed(String.valueOf(e.getMessage())), begun, clock.instant());
        }
        Arrays.sort(trees);
        return new Tried(
                number,
                recipe.withTrees(trees[trees.length / 2]),
                new SearchTrial.Measured(averagePrecisions),
                begun,
                clock.instant());
    }
}
