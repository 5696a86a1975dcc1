package vowcheck.core.drift;

/// A drift check could not reach something that it needs; the same check may succeed later.
public final class DriftDataUnavailable extends RuntimeException {

    public DriftDataUnavailable(String message) {
        super(message);
    }

    public DriftDataUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
