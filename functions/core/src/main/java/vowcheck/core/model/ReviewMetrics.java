package vowcheck.core.model;

/// How well calibrated probabilities serve decisions about the test rows.
///
/// @param calibrationError expected calibration error: the mean distance of probability and rate of positives
///     over ten bins of equally many rows, in [0, 1]; lower is better
/// @param recallAtCapacity the share of the positives among the rows that people have time to review, in [0, 1]
/// @param lossEur expected loss in EUR for each application when these rows are reviewed, at least 0
public record ReviewMetrics(double calibrationError, double recallAtCapacity, double lossEur) {

    public ReviewMetrics {
        TestMetrics.requireFraction("calibration error", calibrationError);
        TestMetrics.requireFraction("recall at the review capacity", recallAtCapacity);
        if (!(lossEur >= 0 && Double.isFinite(lossEur))) {
            throw new IllegalArgumentException("loss %s EUR, expected a finite number of 0 or more".formatted(lossEur));
        }
    }
}
