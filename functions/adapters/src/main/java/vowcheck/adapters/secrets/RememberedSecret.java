package vowcheck.adapters.secrets;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/// A secret's text, read when it is first asked for and again when it was read too long ago. Thread-safe.
public final class RememberedSecret implements Supplier<String> {

    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final Supplier<String> secret;
    private final InstantSource clock;

    private String text = "";
    private Instant readAt = Instant.MIN;

    /// @param secret reads the secret's text
    public RememberedSecret(Supplier<String> secret, InstantSource clock) {
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public synchronized String get() {
        var now = clock.instant();
        if (readAt.isBefore(now.minus(REMEMBERED))) {
            text = secret.get();
            readAt = now;
        }
        return text;
    }
}
