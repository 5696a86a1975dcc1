package vowcheck.adapters.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A name and a password, as in the header `Authorization` with the scheme Basic (RFC 7617).
public record BasicCredentials(String name, String password) {

    private static final String SCHEME = "Basic ";

    /// The credentials in a header's value; none if it has another scheme or is malformed.
    public static Optional<BasicCredentials> of(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            var pair = new String(bytes, StandardCharsets.UTF_8).split(":", 2);
            return pair.length == 2 ? Optional.of(new BasicCredentials(pair[0], pair[1])) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not Base64, which is the same as no credentials
        }
    }

    /// The header's value, for a client.
    public String authorization() {
        var pair = name + ":" + password;
        return SCHEME + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /// Shows the name only.
    @Override
    public String toString() {
        return "BasicCredentials[" + name + "]";
    }
}
