package vowcheck.core.scoring;

import java.util.UUID;

/// Identifies one scoring request; its rows in the log share it.
public record RequestId(String value) {

    public RequestId {
        if (value.isBlank() || value.length() > 50) {
            throw new IllegalArgumentException("a request id has 1 to 50 characters, got " + value.length());
        }
    }

    /// A new random identifier.
    public static RequestId random() {
        return new RequestId(UUID.randomUUID().toString());
    }
}
