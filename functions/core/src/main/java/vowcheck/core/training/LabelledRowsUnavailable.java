package vowcheck.core.training;

/// The labelled rows cannot be read or loaded now, or not to their end.
public final class LabelledRowsUnavailable extends RuntimeException {

    public LabelledRowsUnavailable(String message) {
        super(message);
    }

    public LabelledRowsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
