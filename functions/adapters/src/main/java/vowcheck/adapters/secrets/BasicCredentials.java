package vowcheck.adapters.operators;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// A name and a password, as the header `Authorization` carries them in the scheme Basic (RFC 7617).
public record BasicCredentials(String name, String password) {

    private static final String SCHEME = "basic ";

    /// The credentials in a header's value; none where it is of another scheme or malformed.
    public static Optional<BasicCredentials> of(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            var pair = new String(bytes, StandardCharsets.UTF_8).split(":", 2);
            return pair.length == 2 ? Optional.of(new BasicCredentials(pair[0], pair[1])) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not Base64: as good as no credentials
        }
    }

    /// Names the person only.
    @Override
    public String toString() {
        return "BasicCredentials[" + name + "]";
    }
}
