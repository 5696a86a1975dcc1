package vowcheck.core.workflow;

/// No training waits for this answer; nothing has changed. The message is one sentence with the versions that wait.
public final class ApprovalRefused extends RuntimeException {

    public ApprovalRefused(String message) {
        super(message);
    }
}
