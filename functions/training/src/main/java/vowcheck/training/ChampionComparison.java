package vowcheck.training;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.RowCount;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.training.Comparison;
import vowcheck.core.training.FittedRecipe;
import vowcheck.core.training.InsufficientRows;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.NewPeopleComparison;
import vowcheck.core.training.NotCalibratable;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.PairedBootstrap;
import vowcheck.core.training.RankingMetrics;
import vowcheck.core.training.SearchedRecipe;
import vowcheck.core.training.TimeSplit;
import vowcheck.training.search.RecipeSearch;
import vowcheck.training.trees.TrainingParameters;

/// Compares a challenger with the model in production: on test rows that fitted neither of them, and once
/// more with both recipes fitted without the people of these rows, each on its own rows.
final class ChampionComparison {

    private final TimeSplit split;
    private final ModelBundle challenger;
    private final NewPeopleFit newPeople;
    private final long seed;
    private final @Nullable FittedRecipe ours;
    private final String problem;

    /// Fits the challenger's recipe without the people of its test rows.
    ///
    /// @param split the rows that the challenger was trained on
    /// @param seed of the bootstrap
    ChampionComparison(Training training, TimeSplit split, ModelBundle challenger, long seed) {
        this.split = split;
        this.challenger = challenger;
        this.seed = seed;
        newPeople = new NewPeopleFit(
                training, split.test(), challenger.manifest().data().origin());
        @Nullable FittedRecipe fitted = null;
        var reason = "";
        try {
            fitted = newPeople.fit(split.training(), split.calibrating(), challenger.manifest());
        } catch (InsufficientRows | RecipeRefused | NotCalibratable e) {
            reason = "the challenger's recipe cannot be fitted without the people of the test rows: " + e.getMessage();
        }
        ours = fitted;
        problem = reason;
    }

    /// The challenger with the average precision of its recipe on new people, where it could be fitted.
    ModelBundle measuredChallenger() {
        if (ours == null) {
            return challenger;
        }
        var test = split.test();
        return ModelBundle.of(
                challenger
                        .manifest()
                        .withNewPeople(RankingMetrics.averagePrecision(ours.probabilities(test), test.labels())),
                challenger.modelBytes());
    }

    /// What a search has found, beside the default recipe on the same rows and people. Throws [InsufficientRows] and
    /// [NotCalibratable] where one of them cannot be fitted without the people of the test rows.
    ///
    /// @param found the search, whose recipe the challenger has
    /// @param defaults the default recipe
    SearchedRecipe besideDefault(RecipeSearch.Found found, TrainingParameters defaults) {
        if (ours == null) {
            throw new InsufficientRows(problem);
        }
        // The weight of a positive row is computed from the rows.
        var theirs = newPeople.fit(
                split.training(),
                split.calibrating(),
                challenger.manifest().schema(),
                defaults.settings(1, challenger.manifest().settings().seed()));
        var test = split.test();
        return new SearchedRecipe(
                found.drawn(),
                found.chosen(),
                RankingMetrics.averagePrecision(ours.probabilities(test), test.labels()),
                RankingMetrics.averagePrecision(theirs.probabilities(test), test.labels()),
                ours.trees().cost(),
                theirs.trees().cost());
    }

    /// How the challenger compares with what is in production; empty where nothing is.
    Optional<Outcome.Champion> with(ServingChampion serving) {
        return switch (serving) {
            case ServingChampion.None _ -> Optional.empty();
            case ServingChampion.Opened(var champion) -> Optional.of(with(champion));
            case ServingChampion.Unreadable(var model, var why) ->
                Optional.of(new Outcome.UnreadableChampion(model, why));
        };
    }

    private Outcome.Champion with(ScoringModel champion) {
        var fittedUntil = champion.manifest().data().fittedUntil();
        var test = split.test();
        int leftOut = until(test, fittedUntil);
        var compared = test.range(leftOut, test.size());
        int positives = compared.positives();
        if (!Comparison.areEnough(compared.size(), positives)) {
            return new Outcome.IncomparableChampion(
                    champion.identity(),
                    String.format(
                            Locale.ROOT,
                            "%,d of the %,d test rows, %,d of them divorced, are dated after %s, up to which version %s"
                                    + " was fitted; a comparison needs at least %,d rows with %,d divorces",
                            compared.size(),
                            test.size(),
                            positives,
                            fittedUntil,
                            champion.manifest().version(),
                            Comparison.LEAST_ROWS,
                            Comparison.LEAST_POSITIVES));
        }
        return new Outcome.MeasuredChampion(
                champion.identity(),
                new Comparison(
                        new RowCount(compared.size(), positives),
                        leftOut,
                        split.fittedUntil(),
                        fittedUntil,
                        RankingMetrics.of(
                                FittedRecipe.of(challenger.scoringModel()).probabilities(compared), compared.labels()),
                        RankingMetrics.of(FittedRecipe.of(champion).probabilities(compared), compared.labels()),
                        onNewPeople(compared, champion.manifest())));
    }

    private NewPeopleComparison onNewPeople(LabelledRows compared, ModelManifest champion) {
        if (ours == null) {
            return new NewPeopleComparison.NotFitted(problem);
        }
        try {
            var theirs = fitted(champion);
            var labels = compared.labels();
            var challengers = ours.probabilities(compared);
            var champions = theirs.probabilities(compared);
            return new NewPeopleComparison.Measured(
                    RankingMetrics.of(challengers, labels),
                    RankingMetrics.of(champions, labels),
                    new PairedBootstrap(seed).compare(compared, challengers, champions));
        } catch (InsufficientRows | RecipeRefused | NotCalibratable e) {
            return new NewPeopleComparison.NotFitted(
                    "the recipe of version %s cannot be fitted without the people of the test rows: %s"
                            .formatted(champion.version(), e.getMessage()));
        }
    }

    /// The champion's recipe, fitted on its own rows. They are all that are dated up to the last day that
    /// fitted it, also rows that were loaded later, and are split as they were.
    private FittedRecipe fitted(ModelManifest champion) {
        var rows = split.rows();
        var own = rows.range(0, until(rows, champion.data().fittedUntil()));
        int calibratingFrom = TimeSplit.calibratingFrom(own.size());
        return newPeople.fit(own.range(0, calibratingFrom), own.range(calibratingFrom, own.size()), champion);
    }

    /// How many of the rows, which are in time order, are dated up to a day.
    private static int until(LabelledRows rows, LocalDate day) {
        return (int) IntStream.range(0, rows.size())
                .takeWhile(row -> !rows.date(row).isAfter(day))
                .count();
    }
}
