package vowcheck.core.workflow;

/// A cutoff that is not a date, or lies in the future.
public final class InvalidCutoff extends RuntimeException {

    public InvalidCutoff(String message) {
        super(message);
    }
}
