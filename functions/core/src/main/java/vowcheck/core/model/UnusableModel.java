package vowcheck.core.model;

import org.jspecify.annotations.Nullable;

/// A model bundle that must not serve: it is damaged, belongs to something else, or was written by software whose
/// files this program does not read. The message is one sentence that names what was found and what was expected.
public final class UnusableModel extends RuntimeException {

    public UnusableModel(String message) {
        this(message, null);
    }

    public UnusableModel(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
