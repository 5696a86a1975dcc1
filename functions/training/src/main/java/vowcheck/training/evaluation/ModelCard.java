package vowcheck.training.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.RowCount;
import vowcheck.core.training.Outcome;

/// What a person should know about a model before they use it, in Markdown. Source of the form: Mitchell and others,
/// Model Cards for Model Reporting (2019).
final class ModelCard {

    private ModelCard() {}

    /// @param champion the model that it was compared with; empty where none was in production
    static String of(ModelManifest manifest, Optional<Outcome.Champion> champion, List<FeatureInfluence> influences) {
        var data = manifest.data();
        var card = new StringBuilder();
        card.append("""
                # %s, trained on rows before %s

                ## Purpose

                Estimates the probability that a couple divorces within one month after a loan to newly married couples \
                is paid. It helps a clerk to decide which applications to review first. It is not made to refuse one by \
                itself, nor for other loans or other people.

                ## Data

                %s. Rows of %s and later were left out. The parts follow each other in time.

                | part | rows | divorced | share |
                |---|---:|---:|---:|
                """.formatted(ModelManifest.MODEL_NAME, data.cutoff(), capitalized(data.origin()), data.cutoff()));
        part(card, "training: fits the trees", data.training());
        part(card, "calibration: fits the calibration", data.calibrating());
        part(card, "test: measures", data.test());
        if (data.origin().contains("synthetic")) {
            card.append("""

                    **These rows are synthetic.** The figures below say how well generated rows can be ranked, and \
                    nothing about real applicants.
                    """);
        }
        metrics(card, manifest);
        champion.ifPresent(it -> ComparisonText.append(card, it));
        influences(card, influences);
        card.append("""

                ## Limits

                - People recur in the rows: a test row may repeat the features of a training row, so the figures of \
                new people can be worse.
                - The probabilities are calibrated for the time of the calibration rows (until %s). A drift of the \
                applications changes that; the daily drift check looks for it.
                - The contributions of features describe this model. They claim no cause.
                - The age is a feature. How differently the model treats age groups must be looked at before it decides \
                about people.
                """.formatted(data.fittedUntil()));
        return card.toString();
    }

    private static void part(StringBuilder card, String name, RowCount count) {
        card.append(String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.1f %% |\n",
                name,
                count.rows(),
                count.positives(),
                100 * count.positiveRate()));
    }

    private static void metrics(StringBuilder card, ModelManifest manifest) {
        var metrics = manifest.metrics();
        card.append("""

                ## Figures on the test rows

                | figure | value |
                |---|---:|
                """);
        figure(card, "average precision", metrics.averagePrecision());
        figure(card, "average precision without skill", manifest.data().test().positiveRate());
        figure(card, "ROC AUC", metrics.rocAuc());
        figure(card, "Brier score", metrics.brierScore());
        figure(card, "log-loss in nats", metrics.logLoss());
    }

    private static void figure(StringBuilder card, String name, double value) {
        card.append(String.format(Locale.ROOT, "| %s | %.4f |\n", name, value));
    }

    private static void influences(StringBuilder card, List<FeatureInfluence> influences) {
        card.append("""

                ## Features

                Mean |SHAP|: how much a feature moves the log-odds on average. Gain: how much its splits improve the \
                trees, each on average.

                | feature | mean \\|SHAP\\| | gain |
                |---|---:|---:|
                """);
        influences.stream()
                .sorted(Comparator.comparingDouble(FeatureInfluence::meanAbsoluteShap)
                        .reversed())
                .forEach(influence -> card.append(String.format(
                        Locale.ROOT,
                        "| %s | %.3f | %.0f |\n",
                        influence.feature().fieldName(),
                        influence.meanAbsoluteShap(),
                        influence.importance().gain())));
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
