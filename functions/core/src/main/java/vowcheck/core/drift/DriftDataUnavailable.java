package vowcheck.core.drift;

/// Something that a drift check needs is out of reach; the same check may succeed later.
public final class DriftDataUnavailable extends RuntimeException {

    public DriftDataUnavailable(String message) {
        super(message);
    }

    public DriftDataUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
