package vowcheck.core.scoring;

import vowcheck.core.features.Application;

/// An application and the probability of an early divorce, 0 to 1, that was computed for it.
public record ScoredApplication(Application application, double probability) {

    public ScoredApplication {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is within 0 and 1, got " + probability);
        }
    }
}
