package vowcheck.core.clients;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// Refuses API keys from their end on. API Gateway verifies keys but knows no ends, and nothing has to happen at the
/// time of an end: each request is checked against the ends as they were last read. Thread-safe.
///
/// Ends that cannot be read leave the former ones in force; a process that has never read them refuses nobody, since
/// API Gateway has verified the key.
public final class KeyValidity {

    private static final Logger LOG = System.getLogger(KeyValidity.class.getName());

    private final KeyEnds source;
    private final Duration refreshAge;
    private final InstantSource clock;

    private Map<KeyId, Instant> ends = Map.of();
    private Instant readAt = Instant.MIN;

    /// @param refreshAge after this time the ends are read again
    public KeyValidity(KeyEnds source, Duration refreshAge, InstantSource clock) {
        this.source = source;
        this.refreshAge = refreshAge;
        this.clock = clock;
    }

    /// Throws [KeyEnded] when the key has ended.
    public void require(ApiKey key) {
        var now = clock.instant();
        var end = current(now).get(key.id());
        if (end != null && !now.isBefore(end)) {
            throw new KeyEnded(end);
        }
    }

    /// Makes the next request read the ends. For a process that was stopped and does not know for how long.
    public synchronized void checkAgain() {
        readAt = Instant.MIN;
    }

    private synchronized Map<KeyId, Instant> current(Instant now) {
        if (readAt.isBefore(now.minus(refreshAge))) {
            readAt = now; // a failure counts, too: a store that is down must not slow every request
            try {
                ends = Map.copyOf(source.read());
            } catch (KeyEndsUnavailable e) {
                LOG.log(Level.WARNING, "the ends of API keys that were read last stay in force: {0}", e.getMessage());
            }
        }
        return ends;
    }
}
