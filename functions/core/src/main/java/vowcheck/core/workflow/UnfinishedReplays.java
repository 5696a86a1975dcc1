package vowcheck.core.workflow;

import java.util.Optional;

/// Port: the replay that has not ended yet. There is at most one, because it holds the training lock. Every
/// method throws [WorkflowUnavailable] when the store does not answer.
public interface UnfinishedReplays {

    /// The unfinished replay, if there is one; empty also where its record cannot be read.
    Optional<UnfinishedReplay> unfinished();

    /// Records a replay, before it changes anything.
    void keep(UnfinishedReplay replay);

    /// Forgets the replay, once it has ended.
    void finish();
}
