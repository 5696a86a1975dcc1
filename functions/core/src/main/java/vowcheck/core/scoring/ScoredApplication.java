package vowcheck.core.scoring;

import org.jspecify.annotations.Nullable;
import vowcheck.core.features.Application;

/// An application and the probability of an early divorce, 0 to 1, that was computed for it.
///
/// @param shadow what the shadow computed for it; null where none did
public record ScoredApplication(
        SubmittedApplication submitted,
        double probability,
        @Nullable ShadowScore shadow) {

    public ScoredApplication {
        requireProbability(probability);
    }

    /// An application that no shadow has scored.
    public ScoredApplication(SubmittedApplication submitted, double probability) {
        this(submitted, probability, null);
    }

    /// An application of which the client named no loan.
    public ScoredApplication(Application application, double probability) {
        this(new SubmittedApplication(application), probability);
    }

    static void requireProbability(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is within 0 and 1, got " + probability);
        }
    }

    /// The same application with the shadow's score.
    ScoredApplication with(ShadowScore score) {
        return new ScoredApplication(submitted, probability, score);
    }

    /// What was scored.
    public Application application() {
        return submitted.application();
    }

    /// The loan that the application is for; null where the client named none.
    public @Nullable LoanId loanId() {
        return submitted.loanId();
    }
}
