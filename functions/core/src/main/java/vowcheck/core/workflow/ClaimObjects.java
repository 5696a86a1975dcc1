package vowcheck.core.workflow;

import java.util.Optional;

/// Port: the claims of causes, one object for each cause. Every method throws [WorkflowUnavailable] when the store
/// does not answer.
public interface ClaimObjects {

    /// Who has claimed a cause; empty when nobody has.
    Optional<Holder> claimed(TrainingCause cause);

    /// Claims a cause if nobody has; false when another execution was faster.
    boolean claim(TrainingCause cause, Execution execution);

    /// Claims a cause that `former` had, if `former` still has it; false when another execution was faster.
    boolean claimAgain(TrainingCause cause, Execution execution, Holder former);
}
