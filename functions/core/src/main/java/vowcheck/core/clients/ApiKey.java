package vowcheck.core.clients;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The value of an API key: its client's name, followed by 40 random characters of `[A-Za-z0-9]`. API Gateway verifies
/// the whole value before it passes a request on, so the name in it is the caller's.
public record ApiKey(String value) {

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9]{1,19}[A-Za-z0-9]{40}");

    /// 238 bits of randomness. API Gateway takes values of 20 to 128 letters and digits.
    private static final int RANDOM_CHARACTERS = 40;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public ApiKey {
        if (!KEY.matcher(value).matches()
                || value.substring(0, value.length() - RANDOM_CHARACTERS).equals(ClientName.UNKNOWN.value())) {
            throw new IllegalArgumentException(
                    "an API key is a client's name and %d letters and digits, got %d characters"
                            .formatted(RANDOM_CHARACTERS, value.length()));
        }
    }

    /// A new key of a client.
    public static ApiKey random(ClientName client, RandomGenerator random) {
        var key = new StringBuilder(client.value());
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            key.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new ApiKey(key.toString());
    }

    /// The key of that value; empty for a key that was not made for a client.
    public static Optional<ApiKey> of(String value) {
        try {
            return Optional.of(new ApiKey(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The client that it was made for.
    public ClientName client() {
        return new ClientName(value.substring(0, value.length() - RANDOM_CHARACTERS));
    }

    /// Its public name: the client and the first of the random characters.
    public KeyId id() {
        var random = value.substring(value.length() - RANDOM_CHARACTERS);
        return new KeyId(client() + "-" + random.substring(0, KeyId.CHARACTERS));
    }

    /// Hides the value, which is a secret.
    @Override
    public String toString() {
        return "ApiKey[%s]".formatted(id());
    }
}
