package vowcheck.core.clients;

/// The ends of the API keys cannot be read.
public final class KeyEndsUnavailable extends RuntimeException {

    public KeyEndsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
