package vowcheck.training.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.training.InsufficientRows;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.SearchFailed;
import vowcheck.core.training.SearchTrial;
import vowcheck.core.workflow.SearchBudget;
import vowcheck.training.population.SyntheticPopulation;
import vowcheck.training.search.RecipeSearch.Found;
import vowcheck.training.trees.BinaryXGBoostTrainer;
import vowcheck.training.trees.TrainingParameters;

class RecipeSearchTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
    private static final long SEED = 42;
    private static final LabelledRows ROWS = SyntheticPopulation.rows(7).range(0, 4_000);

    /// A searched recipe may have at most five times as many trees.
    private static final TrainingParameters DEFAULTS = new TrainingParameters(10, 3, 0.1, 0.8, 0.8);

    private static final Found FOUND = search(1, 3);

    private final MovableClock clock = new MovableClock();

    @Test
    void theBestMeanOfTheFoldsIsChosen() {
        var best = FOUND.trials().stream()
                .max(Comparator.comparingDouble(trial -> measured(trial).averagePrecision()))
                .orElseThrow();

        assertThat(FOUND.trials()).filteredOn(SearchTrial::chosen).containsExactly(best);
        assertThat(FOUND.chosen()).isEqualTo(best.number());
        assertThat(best.parameters()).isEqualTo(FOUND.recipe().stated());
    }

    @Test
    void theDefaultRecipeIsTriedFirstAndKeepsItsTrees() {
        var first = FOUND.trials().getFirst();

        assertThat(first.number()).isZero();
        assertThat(first.parameters()).isEqualTo(DEFAULTS.stated());
        assertThat(measured(first).averagePrecisions())
                .hasSize(3)
                .allSatisfy(fold -> assertThat(fold).isBetween(0.02, 1.0));
    }

    @Test
    void noTrialHasMoreTreesThanASearchedModelMay() {
        assertThat(FOUND.drawn()).isEqualTo(3);
        assertThat(FOUND.trials().subList(1, 4))
                .allSatisfy(trial -> assertThat(number(trial, "num_round"))
                        .isBetween(1, RecipeSpace.mostTrees(number(trial, "max_depth"), DEFAULTS)));
    }

    /// To the byte of the model: neither threads nor chance change what is found.
    @Test
    void anotherSearchWithAsManyTrialsFindsTheSameModel() {
        var again = search(2, 3);

        assertThat(again.trials()).isEqualTo(FOUND.trials());
        assertThat(model(again)).isEqualTo(model(FOUND));
    }

    @Test
    void ofTheSameSeedMoreTrialsBeginWithTheSame() {
        assertThat(search(1, 1).trials())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("chosen")
                .isEqualTo(FOUND.trials().subList(0, 2));
    }

    @Test
    void noTrialBeginsAfterTheBudget() {
        // Each fold takes 20 seconds, so a trial a minute; the first is the default recipe.
        assertThat(scored(_ -> 0.1, new SearchBudget.Minutes(4)).drawn()).isEqualTo(3);
        assertThat(scored(_ -> 0.1, new SearchBudget.Minutes(1)).drawn()).isEqualTo(1);
        assertThat(scored(_ -> 0.1, new SearchBudget.Trials(4)).drawn()).isEqualTo(4);
    }

    @Test
    void aTrialTakesFromItsFirstFoldToItsLast() {
        var trials = scored(_ -> 0.1, new SearchBudget.Trials(2)).trials();

        assertThat(trials)
                .allSatisfy(trial -> assertThat(Duration.between(trial.begun(), trial.ended()))
                        .isEqualTo(Duration.ofMinutes(1)));
    }

    @Test
    void aRecipeThatCannotBeFittedIsSkippedAndSaysWhy() {
        var found = scored(
                depth -> {
                    if (depth != 3) {
                        throw new TrialFailed("no trees of depth " + depth);
                    }
                    return 0.1;
                },
                new SearchBudget.Trials(6));

        assertThat(found.chosen()).isZero();
        assertThat(found.trials()).hasSize(7);
        assertThat(found.trials())
                .filteredOn(trial -> number(trial, "max_depth") != 3)
                .isNotEmpty()
                .allSatisfy(trial -> assertThat(trial.result())
                        .isEqualTo(new SearchTrial.Failed("no trees of depth " + number(trial, "max_depth"))));
    }

    @Test
    void whereOnlyTheDefaultRecipeFailsAnotherIsChosen() {
        var trials = new ArrayList<Integer>();
        var found = scored(
                depth -> {
                    trials.add(depth);
                    if (trials.size() == 1) {
                        throw new TrialFailed("the first");
                    }
                    return 0.1;
                },
                new SearchBudget.Trials(2));

        assertThat(found.chosen()).isEqualTo(1);
    }

    @Test
    void whereNothingCanBeFittedTheSearchFails() {
        assertThatThrownBy(() -> scored(
                        _ -> {
                            throw new TrialFailed("no trees");
                        },
                        new SearchBudget.Trials(2)))
                .isInstanceOf(SearchFailed.class)
                .hasMessage("none of 3 recipes could be fitted, the default one included: no trees");
    }

    @Test
    void tooFewRowsAreRefusedBeforeAnythingIsTried() {
        assertThatThrownBy(() ->
                        new RecipeSearch(1, CLOCK).search(ROWS.range(0, 8), DEFAULTS, new SearchBudget.Trials(1), SEED))
                .isInstanceOf(InsufficientRows.class)
                .hasMessageContaining("a fold of a search");
    }

    private static SearchTrial.Measured measured(SearchTrial trial) {
        return (SearchTrial.Measured) trial.result();
    }

    private static int number(SearchTrial trial, String parameter) {
        return Integer.parseInt(trial.parameters().getOrDefault(parameter, ""));
    }

    private static byte[] model(Found found) {
        return new BinaryXGBoostTrainer(found.recipe().settings(10, SEED), 1, CLOCK)
                .train(ROWS, "a test")
                .serialize()
                .toByteArray();
    }

    private static Found search(int threads, int trials) {
        return new RecipeSearch(threads, CLOCK).search(ROWS, DEFAULTS, new SearchBudget.Trials(trials), SEED);
    }

    /// A search whose folds are scored by the depth of the trees, and take 20 seconds each.
    private Found scored(IntToDoubleFunction score, SearchBudget budget) {
        return new RecipeSearch(clock, (_, recipe, _, _) -> {
                    clock.pass(Duration.ofSeconds(20));
                    return new FoldFit(recipe.trees(), score.applyAsDouble(recipe.depth()));
                })
                .search(ROWS, DEFAULTS, budget, SEED);
    }
}
