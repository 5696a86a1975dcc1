package vowcheck.core.workflow;

import java.util.List;

/// Port: the trainings that wait for approval. Every method throws [WorkflowUnavailable] when the store does not
/// answer.
public interface PendingApprovals {

    /// Those that wait, or have been stopped while they waited. One that cannot be read is left out.
    List<PendingApproval> waiting();

    /// Records that a training waits.
    void keep(PendingApproval approval);

    /// The execution waits no longer; harmless if it does not.
    void forgetApproval(Execution execution);
}
