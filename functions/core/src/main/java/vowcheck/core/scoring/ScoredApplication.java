package vowcheck.core.scoring;

import org.jspecify.annotations.Nullable;
import vowcheck.core.features.Application;

/// An application and the probability of an early divorce, 0 to 1, that was computed for it.
public record ScoredApplication(SubmittedApplication submitted, double probability) {

    public ScoredApplication {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is within 0 and 1, got " + probability);
        }
    }

    /// An application of which the client named no loan.
    public ScoredApplication(Application application, double probability) {
        this(new SubmittedApplication(application), probability);
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
