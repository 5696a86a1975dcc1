package vowcheck.core.model;

/// How well a model's calibrated probabilities predict rows that fitted neither its trees nor its calibration.
///
/// @param averagePrecision area under the precision–recall curve as a step function, in [0, 1]; a model without
///     skill reaches the rate of positives
/// @param rocAuc area under the receiver operating characteristic, in [0, 1]; without skill 0.5
/// @param brierScore mean squared difference of probability and label, in [0, 1]; lower is better
/// @param logLoss mean negative log-likelihood in nats, at least 0; lower is better
public record TestMetrics(double averagePrecision, double rocAuc, double brierScore, double logLoss) {

    public TestMetrics {
        requireFraction("average precision", averagePrecision);
        requireFraction("ROC AUC", rocAuc);
        requireFraction("Brier score", brierScore);
        if (!(logLoss >= 0 && Double.isFinite(logLoss))) {
            throw new IllegalArgumentException("log-loss %s, expected a finite number of 0 or more".formatted(logLoss));
        }
    }

    private static void requireFraction(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s %s, expected 0 to 1".formatted(name, value));
        }
    }
}
