package vowcheck.adapters.secrets;

import org.jspecify.annotations.Nullable;

/// A secret cannot be read now; the same call may succeed later.
public final class SecretUnavailable extends RuntimeException {

    public SecretUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
