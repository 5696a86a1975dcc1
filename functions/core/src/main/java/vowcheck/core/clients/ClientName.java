package vowcheck.core.clients;

import java.util.regex.Pattern;

/// The name of a program that calls the API. Its predictions and request ids belong to it, whichever of its API keys
/// it used: 2 to 20 characters of `[a-z0-9]`, the first a letter.
public record ClientName(String value) implements Comparable<ClientName> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{1,19}"); // first, since the constants need it

    /// What a name looks like, for messages.
    public static final String FORMAT = "2 to 20 characters of a-z and 0-9, the first a letter";

    /// The clerks' application, which every stage has.
    public static final ClientName CLERKS = new ClientName("clerks");

    /// The caller of a request without a key of a named client. It owns nothing.
    public static final ClientName UNKNOWN = new ClientName("unknown");

    public ClientName {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a client's name has %s, got %d characters".formatted(FORMAT, value.length()));
        }
    }

    /// Whether a text can be a client's name.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// Whether this is a client, to which predictions can belong.
    public boolean isKnown() {
        return !equals(UNKNOWN);
    }

    @Override
    public int compareTo(ClientName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
