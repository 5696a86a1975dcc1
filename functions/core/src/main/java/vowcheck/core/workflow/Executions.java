package vowcheck.core.workflow;

/// Port: the executions of the training workflow.
public interface Executions {

    /// Whether an execution is still running; false for an unknown one. Throws [WorkflowUnavailable].
    boolean runs(Execution execution);
}
