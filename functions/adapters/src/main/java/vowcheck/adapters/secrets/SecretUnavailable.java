package vowcheck.adapters.secrets;

/// A secret cannot be read now; the same call may succeed later.
public final class SecretUnavailable extends RuntimeException {

    public SecretUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
