package vowcheck.core.clients;

import java.time.Instant;

/// A request came with an API key that has ended.
public final class KeyEnded extends RuntimeException {

    public KeyEnded(Instant validUntil) {
        super("the API key was valid until %s: use the client's new key".formatted(validUntil));
    }
}
