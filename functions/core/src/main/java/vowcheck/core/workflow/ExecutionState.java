package vowcheck.core.workflow;

/// Where an execution of the training workflow is.
public enum ExecutionState {
    /// It runs, or is about to run again.
    RUNNING,
    SUCCEEDED,
    /// It failed, was stopped or timed out.
    FAILED,
    /// There is no such execution, or there is none any more.
    UNKNOWN
}
