package vowcheck.core.scoring;

import org.jspecify.annotations.Nullable;
import vowcheck.core.features.Application;

/// An application as a client sent it.
///
/// @param application what is scored
/// @param loanId the loan that it is for; null where the client named none
public record SubmittedApplication(
        Application application, @Nullable LoanId loanId) {

    /// An application of which the client named no loan.
    public SubmittedApplication(Application application) {
        this(application, null);
    }
}
