package vowcheck.core.workflow;

/// Port: the executions of the workflow.
public interface Executions {

    /// Whether an execution still runs; false for one that is not known. Throws [WorkflowUnavailable].
    boolean runs(Execution execution);
}
