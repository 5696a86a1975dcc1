package vowcheck.core.clients;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The API keys that were given to one client, oldest first.
public record ClientKeys(List<IssuedKey> keys) {

    /// No keys yet.
    public static final ClientKeys NONE = new ClientKeys(List.of());

    /// A key that has ended is remembered for this time, so that people still see what became of it.
    private static final Duration REMEMBERED = Duration.ofDays(7);

    public ClientKeys {
        keys = List.copyOf(keys);
    }

    /// The same keys with a new one. All others end after `oldValidFor`, unless they end earlier.
    public ClientKeys with(ApiKey newKey, Instant now, Duration oldValidFor) {
        var changed = new ArrayList<IssuedKey>();
        keys.stream()
                .filter(key -> !key.hasEndedBy(now.minus(REMEMBERED)))
                .map(key -> key.endingBy(now.plus(oldValidFor)))
                .forEach(changed::add);
        changed.add(new IssuedKey(newKey, now));
        return new ClientKeys(changed);
    }

    /// The same keys, of which that one ends now. It is remembered, so that the functions refuse it, too.
    public ClientKeys revoked(KeyId id, Instant now) {
        return new ClientKeys(keys.stream()
                .map(key -> key.key().id().equals(id) ? key.endingBy(now) : key)
                .toList());
    }

    /// The key of that id.
    public Optional<IssuedKey> find(KeyId id) {
        return keys.stream().filter(key -> key.key().id().equals(id)).findFirst();
    }

    /// The keys that are valid at that time.
    public List<IssuedKey> validAt(Instant now) {
        return keys.stream().filter(key -> !key.hasEndedBy(now)).toList();
    }

    /// The key to use: the newest one that is valid at that time.
    public Optional<ApiKey> newestAt(Instant now) {
        var valid = validAt(now);
        return valid.isEmpty() ? Optional.empty() : Optional.of(valid.getLast().key());
    }
}
