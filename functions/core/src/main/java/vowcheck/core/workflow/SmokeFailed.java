package vowcheck.core.workflow;

/// What serves does not answer as the promoted bundle says.
public final class SmokeFailed extends RuntimeException {

    public SmokeFailed(String message) {
        super(message);
    }

    public SmokeFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
