package vowcheck.launcher.clients;

import java.util.Locale;
import java.util.Optional;
import vowcheck.core.clients.IssuedKey;

/// What `./vowcheck key list` shows of a key.
///
/// @param gatewayId its id in API Gateway, which the access log shows as `api_key_id`
/// @param usedToday the requests that it has made since midnight UTC
/// @param quota the most requests that it may make in a day; empty without a limit
public record ListedKey(
        IssuedKey issued, State state, Optional<String> gatewayId, long usedToday, Optional<Integer> quota) {

    /// Whether API Gateway and the functions admit the key.
    public enum State {
        VALID,
        /// Past its end.
        ENDED,
        /// Somebody has disabled it in API Gateway.
        DISABLED,
        /// Its client is not one of the stage any more.
        REMOVED,
        /// Not in API Gateway: `./vowcheck key restore` makes it again.
        MISSING;

        /// As it is printed.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The key's last four characters, by which people recognize what they have.
    public String lastCharacters() {
        var value = issued.key().value();
        return value.substring(value.length() - 4);
    }
}
