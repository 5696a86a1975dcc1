package vowcheck.core.readiness;

import org.jspecify.annotations.Nullable;

/// A part of the system does not work. The message is one sentence for operators, without names of hosts, buckets or
/// persons; it continues "the database".
public final class NotReady extends RuntimeException {

    public NotReady(String message) {
        this(message, null);
    }

    public NotReady(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
