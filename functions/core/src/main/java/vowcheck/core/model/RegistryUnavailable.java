package vowcheck.core.model;

/// The registry does not answer, answers that it cannot work now, or does not accept this system's login; the
/// message names the call. The same call may succeed later.
public final class RegistryUnavailable extends RuntimeException {

    public RegistryUnavailable(String message) {
        super(message);
    }

    public RegistryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
