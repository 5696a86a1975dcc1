package vowcheck.adapters.secrets;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a secret holds, read when it is first asked for and again when that was too long ago. While the secret's text
/// does not change, neither does the value. Thread-safe.
public final class RememberedSecret<T> implements Supplier<T> {

    private static final Duration MOST_AGE = Duration.ofMinutes(5);

    private final Supplier<String> secret;
    private final Function<String, T> parser;
    private final InstantSource clock;

    private @Nullable Parsed<T> known;
    private Instant readAt = Instant.MIN;

    private record Parsed<T>(String text, T value) {}

    /// @param secret reads the secret's text
    /// @param parser makes the value of the text
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
