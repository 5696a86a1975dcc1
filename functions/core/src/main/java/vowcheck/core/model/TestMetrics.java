package vowcheck.core.model;

import org.jspecify.annotations.Nullable;

/// How well a model's calibrated probabilities predict rows that fitted neither its trees nor its calibration.
///
/// @param averagePrecision area under the precision–recall curve as a step function, in [0, 1]; a model without
///     skill reaches the rate of positives
/// @param rocAuc area under the receiver operating characteristic, in [0, 1]; without skill 0.5
/// @param brierScore mean squared difference of probability and label, in [0, 1]; lower is better
/// @param logLoss mean negative log-likelihood in nats, at least 0; lower is better
/// @param review how well they serve decisions; null in a manifest that was written before this was measured
/// @param averagePrecisionNewPeople the average precision of the same recipe on the same rows, fitted on rows
///     without the people of the test rows, in [0, 1]; null where this was not measured
public record TestMetrics(
        double averagePrecision,
        double rocAuc,
        double brierScore,
        double logLoss,
        @Nullable ReviewMetrics review,
        @Nullable Double averagePrecisionNewPeople) {

    public TestMetrics {
        requireFraction("average precision", averagePrecision);
        requireFraction("ROC AUC", rocAuc);
        requireFraction("Brier score", brierScore);
        if (!(logLoss >= 0 && Double.isFinite(logLoss))) {
            throw new IllegalArgumentException("log-loss %s, expected a finite number of 0 or more".formatted(logLoss));
        }
        if (averagePrecisionNewPeople != null) {
            requireFraction("average precision on new people", averagePrecisionNewPeople);
        }
    }

    /// Those that every manifest has.
    public TestMetrics(double averagePrecision, double rocAuc, double brierScore, double logLoss) {
        this(averagePrecision, rocAuc, brierScore, logLoss, null, null);
    }

    /// The same metrics with the average precision on new people.
    public TestMetrics withNewPeople(double averagePrecision) {
        return new TestMetrics(
                this.averagePrecision, rocAuc, brierScore, logLoss, review, Double.valueOf(averagePrecision));
    }

    static void requireFraction(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s %s, expected 0 to 1".formatted(name, value));
        }
    }
}
