package vowcheck.core.model;

/// The registry did not do what it was asked; the message names the call. The same call may succeed later.
public class RegistryUnavailable extends RuntimeException {

    public RegistryUnavailable(String message) {
        super(message);
    }

    public RegistryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
