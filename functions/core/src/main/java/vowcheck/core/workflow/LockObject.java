package vowcheck.core.workflow;

import java.util.Optional;

/// Port: the single lock of the training workflow. Every method throws [WorkflowUnavailable] when the store
/// does not answer.
public interface LockObject {

    /// The current holder; empty when the lock is free.
    Optional<Holder> held();

    /// Takes the lock if it is free; false when another execution holds it.
    boolean take(Execution execution);

    /// Takes the lock from `former` if that still holds it; false when another execution was faster.
    boolean takeOver(Execution execution, Holder former);

    /// Frees the lock if `holder` still has it; otherwise another execution has taken it over, and keeps it.
    void free(Holder holder);
}
