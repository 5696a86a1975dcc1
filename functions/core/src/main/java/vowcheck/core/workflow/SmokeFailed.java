package vowcheck.core.workflow;

/// The serving model does not answer as the promoted bundle states.
public final class SmokeFailed extends RuntimeException {

    public SmokeFailed(String message) {
        super(message);
    }

    public SmokeFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
