package vowcheck.core.workflow;

/// Port: resumes executions that wait for an answer.
public interface WaitingExecutions {

    /// Gives an execution its answer; false where it waits no longer. Throws [WorkflowUnavailable].
    boolean resume(String token, ApprovalAnswer answer);
}
