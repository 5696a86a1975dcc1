package vowcheck.core.workflow;

/// Port: the executions of the training workflow.
public interface Executions {

    /// Where an execution is. Throws [WorkflowUnavailable].
    ExecutionState state(Execution execution);

    /// Whether an execution is still running; false for an unknown one. Throws [WorkflowUnavailable].
    default boolean runs(Execution execution) {
        return state(execution) == ExecutionState.RUNNING;
    }
}
