package vowcheck.core.workflow;

/// Something that the workflow stands on is out of reach; the message names the call. The same step may
/// succeed later.
public final class WorkflowUnavailable extends RuntimeException {

    public WorkflowUnavailable(String message) {
        super(message);
    }

    public WorkflowUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
