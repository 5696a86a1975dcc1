package vowcheck.core.workflow;

/// A service that the workflow depends on does not answer; the message names the call. The same step may succeed
/// later.
public final class WorkflowUnavailable extends RuntimeException {

    public WorkflowUnavailable(String message) {
        super(message);
    }

    public WorkflowUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
