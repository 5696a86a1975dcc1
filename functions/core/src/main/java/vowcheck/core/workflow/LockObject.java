package vowcheck.core.workflow;

import java.util.Optional;

/// Port: the one lock of the training workflow. Every method throws [WorkflowUnavailable] when the store
/// does not answer.
public interface LockObject {

    /// Who holds the lock; empty when nobody does.
    Optional<Held> held();

    /// Takes the lock if nobody holds it; false when somebody was faster.
    boolean take(Execution execution);

    /// Takes the lock from `former` if it still holds it; false when somebody was faster.
    boolean takeOver(Execution execution, Held former);

    /// Frees the lock.
    void free();

    /// A holder, and the tag of the very state that it was read in.
    record Held(Execution execution, String tag) {}
}
