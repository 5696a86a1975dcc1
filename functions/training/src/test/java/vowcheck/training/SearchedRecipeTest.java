package vowcheck.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import vowcheck.adapters.tribuo.TribuoModelFile;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.Calibration;
import vowcheck.core.training.FittedRecipe;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.People;
import vowcheck.core.training.RankingMetrics;
import vowcheck.core.training.SearchedRecipe;
import vowcheck.core.training.TimeSplit;
import vowcheck.core.workflow.SearchBudget;
import vowcheck.training.population.SyntheticPopulation;
import vowcheck.training.trees.TrainingParameters;

/// Whether what a search finds is better than the default recipe for people whom nobody has seen. With
/// `-Dsearch.trials=20` it takes minutes, and prints the table of docs/adr/0036-search.md.
@EnabledIfSystemProperty(named = "search.trials", matches = "\\d+")
class SearchedRecipeTest {

    private static final int SEEDS = 5;
    private static final int PEOPLE = 40_000;
    private static final LocalDate RECENT = LocalDate.of(2025, 1, 1);
    private static final LocalDate CUTOFF = LocalDate.of(2026, 5, 1);

    private final LabelledRows training = TimeSplit.of(
                    SyntheticPopulation.rows(SyntheticPopulation.DEFAULT_SEED).before(CUTOFF))
            .training();

    @Test
    void onFreshPeopleTheSearchedRecipeIsNotWorseOnAverage() {
        int trials = Integer.getInteger("search.trials", 1);
        double searched = 0;
        double byDefault = 0;
        System.out.println("| seed | depth | trees | rate | L2 | least hessian | searched | default |"
                + " steps of a score | work of an explanation |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        for (int seed = 1; seed <= SEEDS; seed++) {
            var fresh = fresh(1_000 + seed);
            var trainer = trainer(TrainingParameters.CONTRACT);
            var split = new TimeSplit(training, training, training, training);
            var recipe =
                    trainer.search(split, new SearchBudget.Trials(trials), seed).recipe();
            var theirs = fitted(trainer, seed);
            var ours = fitted(trainer.with(recipe), seed);
            double found = averagePrecision(ours, fresh);
            double contract = averagePrecision(theirs, fresh);
            searched += found / SEEDS;
            byDefault += contract / SEEDS;
            var cost = new SearchedRecipe(
                    trials,
                    0,
                    found,
                    contract,
                    ours.trees().cost(),
                    theirs.trees().cost());
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %d | %d | %s | %s | %s | %.4f | %.4f | %.1f × | %.1f × |%n",
                    seed,
                    recipe.depth(),
                    recipe.trees(),
                    recipe.learningRate(),
                    recipe.l2(),
                    recipe.leastHessian(),
                    found,
                    contract,
                    cost.scoreFactor(),
                    cost.explanationFactor());
            assertThat(cost.isTooCostly()).as("the cost of seed " + seed).isFalse();
        }
        System.out.printf(Locale.ROOT, "| mean | | | | | | %.4f | %.4f | | |%n", searched, byDefault);
        assertThat(searched).isGreaterThanOrEqualTo(byDefault);
    }

    private static Training trainer(TrainingParameters recipe) {
        return new Training(
                recipe, SmokeRequest.application(), Runtime.getRuntime().availableProcessors(), InstantSource.system());
    }

    private FittedRecipe fitted(Training trainer, long seed) {
        double positives = training.positives();
        var settings = trainer.recipe().settings((training.size() - positives) / positives, seed);
        var trees = TribuoModelFile.read(trainer.fit(training, "synthetic", settings), FeatureSchema.CONTRACT)
                .trees();
        return new FittedRecipe(trees, new Calibration(1, 0));
    }

    private static double averagePrecision(FittedRecipe recipe, LabelledRows rows) {
        return RankingMetrics.averagePrecision(FittedRecipe.margins(recipe.trees(), rows), rows.labels());
    }

    /// The first application since 2025 of each of so many people of another population.
    private static LabelledRows fresh(long seed) {
        var rows = SyntheticPopulation.rows(seed).before(CUTOFF);
        var recent = rows.select(IntStream.range(0, rows.size())
                .filter(row -> !rows.date(row).isBefore(RECENT))
                .toArray());
        var people = People.of(recent);
        var seen = new BitSet(people.count());
        return recent.select(IntStream.range(0, recent.size())
                .filter(row -> {
                    boolean first = !seen.get(people.person(row));
                    seen.set(people.person(row));
                    return first;
                })
                .limit(PEOPLE)
                .toArray());
    }
}
