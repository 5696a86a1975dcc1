package vowcheck.core.model;

import vowcheck.core.features.Application;

/// One application and the probability that the model answered for it when it was trained.
///
/// @param probability calibrated, in [0, 1]
public record SmokeExpectation(Application application, double probability) {

    private static final double TOLERANCE = 1e-9;

    public SmokeExpectation {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability %s, expected 0 to 1".formatted(probability));
        }
    }

    /// Whether a probability that was answered now equals the expected one within 1e-9.
    public boolean isMetBy(double answered) {
        return Math.abs(answered - probability) <= TOLERANCE;
    }
}
