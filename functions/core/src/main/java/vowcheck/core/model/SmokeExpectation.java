package vowcheck.core.model;

import vowcheck.core.features.Application;

/// One application and the probability that the model answered when it was made.
///
/// @param probability calibrated, in [0, 1]
public record SmokeExpectation(Application application, double probability) {

    public SmokeExpectation {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability %s, expected 0 to 1".formatted(probability));
        }
    }
}
