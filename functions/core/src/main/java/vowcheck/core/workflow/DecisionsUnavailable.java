package vowcheck.core.workflow;

import org.jspecify.annotations.Nullable;

/// The record of decisions cannot be written now.
public final class DecisionsUnavailable extends RuntimeException {

    public DecisionsUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
