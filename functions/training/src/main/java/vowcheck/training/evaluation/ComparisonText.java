package vowcheck.training.evaluation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ReviewMetrics;
import vowcheck.core.training.AgeGroup;
import vowcheck.core.training.Comparison;
import vowcheck.core.training.Interval;
import vowcheck.core.training.NewPeopleComparison;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.PairedDifferences;

/// The part of a model card that compares a challenger with the model in production, in Markdown.
final class ComparisonText {

    private ComparisonText() {}

    static void append(StringBuilder card, Outcome.Champion champion) {
        card.append("""

                ## Comparison with the model in production

                """);
        switch (champion) {
            case Outcome.MeasuredChampion measured -> {
                onTheSameRows(card, measured);
                switch (measured.comparison().newPeople()) {
                    case NewPeopleComparison.Measured newPeople -> onNewPeople(card, newPeople);
                    case NewPeopleComparison.NotFitted(var problem) ->
                        card.append("\nOn new people, nothing was measured: %s.\n".formatted(problem));
                }
            }
            case Outcome.IncomparableChampion incomparable ->
                card.append("None: %s.\n".formatted(incomparable.problem()));
            case Outcome.UnreadableChampion unreadable ->
                card.append("None, since it cannot be opened: %s.\n".formatted(unreadable.problem()));
        }
        card.append(
                "\nThe description of the registered version has the decision, the stage's policy and the reasons.\n");
    }

    private static void onTheSameRows(StringBuilder card, Outcome.MeasuredChampion champion) {
        var comparison = champion.comparison();
        card.append(String.format(
                Locale.ROOT,
                """
                Both models on the %,d test rows, %,d of them divorced, that fitted neither; %,d older ones were left out. \
                Version %s was fitted on rows until %s, this model until %s.

                | figure | this model | version %s |
                |---|---:|---:|
                """,
                comparison.rows().rows(),
                comparison.rows().positives(),
                comparison.leftOut(),
                champion.model().version(),
                comparison.championFittedUntil(),
                comparison.challengerFittedUntil(),
                champion.model().version()));
        figures(card, comparison);
    }

    private static void figures(StringBuilder card, Comparison comparison) {
        var ours = comparison.challenger();
        var theirs = comparison.champion();
        row(card, "average precision", ours.averagePrecision(), theirs.averagePrecision());
        row(card, "ROC AUC", ours.rocAuc(), theirs.rocAuc());
        row(card, "Brier score", ours.brierScore(), theirs.brierScore());
        row(card, "log-loss in nats", ours.logLoss(), theirs.logLoss());
        @Nullable ReviewMetrics our = ours.review();
        @Nullable ReviewMetrics their = theirs.review();
        if (our != null && their != null) {
            row(card, "calibration error", our.calibrationError(), their.calibrationError());
            row(card, "recall at the review capacity", our.recallAtCapacity(), their.recallAtCapacity());
            row(card, "expected loss in EUR an application", our.lossEur(), their.lossEur());
        }
    }

    private static void row(StringBuilder card, String figure, double ours, double theirs) {
        card.append(String.format(Locale.ROOT, "| %s | %.4f | %.4f |\n", figure, ours, theirs));
    }

    private static void onNewPeople(StringBuilder card, NewPeopleComparison.Measured newPeople) {
        card.append(String.format(
                Locale.ROOT,
                """

                On new people, that is, with both recipes fitted once more without the people of these rows, the average \
                precision is %.4f, that of the other recipe %.4f. The differences, this recipe's less the other's, with \
                the bounds of their one-sided 95 %% intervals:

                | difference in | measured | more than | less than |
                |---|---:|---:|---:|
                """,
                newPeople.challenger().averagePrecision(),
                newPeople.champion().averagePrecision()));
        differences(card, newPeople.differences());
        card.append("""

                How both recipes do by age. A gap is the difference between the ages that do best and worst; ages with \
                too few divorces do not count in it.

                | ages | rows | divorced | in the gaps | recall | of the other | calibration error | of the other |
                |---|---:|---:|---|---:|---:|---:|---:|
                """);
        newPeople.differences().ageGroups().forEach(group -> ages(card, group));
    }

    private static void differences(StringBuilder card, PairedDifferences differences) {
        difference(card, "average precision", differences.averagePrecision());
        difference(card, "calibration error", differences.calibrationError());
        difference(card, "gap in recall at the review capacity between ages", differences.recallGap());
        difference(card, "gap in calibration error between ages", differences.calibrationGap());
    }

    private static void difference(StringBuilder card, String figure, Interval interval) {
        card.append(String.format(
                Locale.ROOT,
                "| %s | %+.4f | %+.4f | %+.4f |\n",
                figure,
                interval.difference(),
                interval.lower(),
                interval.upper()));
    }

    private static void ages(StringBuilder card, AgeGroup group) {
        card.append(String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %s | %.4f | %.4f | %.4f | %.4f |\n",
                group.ages().inWords(),
                group.rows(),
                group.positives(),
                group.counts() ? "yes" : "no",
                group.challengerRecall(),
                group.championRecall(),
                group.challengerCalibrationError(),
                group.championCalibrationError()));
    }
}
