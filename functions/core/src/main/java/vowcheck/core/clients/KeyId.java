package vowcheck.core.clients;

import java.util.regex.Pattern;

/// Names an API key without revealing it: its client and the first eight of its random characters, such as
/// `clerks-Ab12Cd34`. The other 32 characters, 190 bits, remain secret.
public record KeyId(String value) implements Comparable<KeyId> {

    /// How many of the key's random characters an id has.
    static final int CHARACTERS = 8;

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]{1,19}-[A-Za-z0-9]{8}");

    public KeyId {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the id of an API key has %d characters, expected one such as clerks-Ab12Cd34"
                            .formatted(value.length())); // somebody may have pasted a whole key
        }
    }

    /// The key's client.
    public ClientName client() {
        return new ClientName(value.substring(0, value.indexOf('-')));
    }

    @Override
    public int compareTo(KeyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
