package vowcheck.core.model;

/// No model can be had from the store now; the same call may succeed later.
public final class ModelStoreUnavailable extends RuntimeException {

    public ModelStoreUnavailable(String message) {
        super(message);
    }

    public ModelStoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
