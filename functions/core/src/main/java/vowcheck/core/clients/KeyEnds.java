package vowcheck.core.clients;

import java.time.Instant;
import java.util.Map;

/// Port: when API keys end. Keys without an entry have no end.
@FunctionalInterface
public interface KeyEnds {

    /// The ends that are set at this moment. Throws [KeyEndsUnavailable] when they cannot be read.
    Map<KeyId, Instant> read();
}
