package vowcheck.core.model;

/// The store cannot give a model now; the same call may succeed later.
public final class ModelStoreUnavailable extends RuntimeException {

    public ModelStoreUnavailable(String message) {
        super(message);
    }

    public ModelStoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
