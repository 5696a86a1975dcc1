package vowcheck.core.clients;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An API key that was given to a client.
///
/// @param validUntil when the key ends, or null as long as no end is set
public record IssuedKey(
        ApiKey key, Instant created, @Nullable Instant validUntil) {

    /// A key without an end.
    public IssuedKey(ApiKey key, Instant created) {
        this(key, created, null);
    }

    /// When the key ends; empty as long as no end is set.
    public Optional<Instant> end() {
        return Optional.ofNullable(validUntil);
    }

    /// Whether the key is refused at that time.
    public boolean hasEndedBy(Instant now) {
        return validUntil != null && !now.isBefore(validUntil);
    }

    /// The same key, which ends at that time unless it ends earlier.
    public IssuedKey endingBy(Instant end) {
        return validUntil != null && validUntil.isBefore(end) ? this : new IssuedKey(key, created, end);
    }
}
