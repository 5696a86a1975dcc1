package vowcheck.adapters.secrets;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The value of a secret, read at first use and again when it is old: by default every five minutes. As long as the
/// secret's text is the same, so is the value. A secret that cannot be read, or whose text makes no value, leaves the
/// former value in use. Where a credential is refused, [#renewed] has one that was changed meanwhile. Thread-safe.
public final class RememberedSecret<T> implements Supplier<T> {

    private static final Duration MOST_AGE = Duration.ofMinutes(5);

    /// How often a refused credential may cause a reading: anyone can send wrong passwords.
    private static final Duration REFUSED_AGE = Duration.ofSeconds(3);

    private static final Logger LOG = System.getLogger(RememberedSecret.class.getName());

    private final Supplier<String> secret;
    private final Function<String, T> parser;
    private final InstantSource clock;
    private final Duration mostAge;

    private @Nullable Parsed<T> known;
    private @Nullable IllegalArgumentException fault;
    private Instant readAt = Instant.MIN;

    private record Parsed<T>(String text, T value) {}

    /// @param secret reads the secret's text
    /// @param parser makes the value from the text; throws [IllegalArgumentException] where it cannot
    public RememberedSecret(Supplier<String> secret, Function<String, T> parser, InstantSource clock) {
        this(secret, parser, clock, MOST_AGE);
    }

    /// @param mostAge the longest time until a change of the secret is noticed; zero to read it for every use
    public RememberedSecret(
            Supplier<String> secret, Function<String, T> parser, InstantSource clock, Duration mostAge) {
        this.secret = secret;
        this.parser = parser;
        this.clock = clock;
        this.mostAge = mostAge;
    }

    /// The value. Throws [SecretUnavailable] where the secret has never made a value.
    @Override
    public synchronized T get() {
        return notOlderThan(known == null ? REFUSED_AGE : mostAge);
    }

    /// The value, for a caller whose credential was just refused: the secret is read again, unless that was done
    /// in the last seconds. Throws as [#get] does.
    public synchronized T renewed() {
        return notOlderThan(REFUSED_AGE);
    }

    private T notOlderThan(Duration age) {
        var now = clock.instant();
        if ((known == null && fault == null) || readAt.isBefore(now.minus(age))) {
            readAgain();
            readAt = now;
        }
        if (known == null) {
            throw new SecretUnavailable("a secret cannot be used", fault);
        }
        return known.value();
    }

    private void readAgain() {
        try {
            read(secret.get());
        } catch (SecretUnavailable e) {
            if (known == null) {
                throw e;
            }
            LOG.log(Level.WARNING, "a secret cannot be read, its former value stays: {0}", e.getMessage());
        }
    }

    private void read(String text) {
        if (known != null && known.text().equals(text)) {
            return;
        }
        try {
            known = new Parsed<>(text, parser.apply(text));
            fault = null;
        } catch (IllegalArgumentException e) {
            fault = e;
            LOG.log(
                    Level.WARNING,
                    known == null
                            ? "a secret cannot be used: {0}"
                            : "a secret cannot be used, its former value stays: {0}",
                    e.getMessage());
        }
    }
}
