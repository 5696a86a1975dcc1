package vowcheck.adapters.secrets;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The value of a secret, read at first use and again every five minutes. As long as the secret's text is the same,
/// so is the value. Thread-safe.
public final class RememberedSecret<T> implements Supplier<T> {

    private static final Duration MOST_AGE = Duration.ofMinutes(5);

    private final Supplier<String> secret;
    private final Function<String, T> parser;
    private final InstantSource clock;

    private @Nullable Parsed<T> known;
    private Instant readAt = Instant.MIN;

    private record Parsed<T>(String text, T value) {}

    /// @param secret reads the secret's text
    /// @param parser makes the value from the text
    public RememberedSecret(Supplier<String> secret, Function<String, T> parser, InstantSource clock) {
        this.secret = secret;
        this.parser = parser;
        this.clock = clock;
    }

    @Override
    public synchronized T get() {
        var now = clock.instant();
        if (known == null || readAt.isBefore(now.minus(MOST_AGE))) {
            var text = secret.get();
            if (known == null || !known.text().equals(text)) {
                known = new Parsed<>(text, parser.apply(text));
            }
            readAt = now;
        }
        return known.value();
    }
}
