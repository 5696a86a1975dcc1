package vowcheck.core.scoring;

import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Identifies one scoring request and its rows in the log: generated, or chosen by the client as its idempotency key.
/// It has 1 to 50 characters of `[A-Za-z0-9._-]`, so that it stands unchanged in a path, a header and a column.
public record RequestId(String value) {

    /// What an id looks like, for messages.
    public static final String FORMAT = "1 to 50 characters of A-Z, a-z, 0-9, ., _ and -";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,50}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{16,50}");

    /// The prefix of generated ids. A key has no dot, so no client can choose one of them.
    private static final String GENERATED = "u.";

    public RequestId {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a request id has 1 to 50 characters of [A-Za-z0-9._-], got %d characters"
                            .formatted(value.length()));
        }
    }

    /// A new random identifier, such as `u.7b1f3c2a-9d0e-4f56-8a7b-0c1d2e3f4a5b`.
    public static RequestId random() {
        return new RequestId(GENERATED + UUID.randomUUID());
    }

    /// A new identifier of the same form, from the given source of randomness.
    public static RequestId random(RandomGenerator random) {
        long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000; // version 4 of RFC 9562
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L; // its variant
        return new RequestId(GENERATED + new UUID(high, low));
    }

    /// Whether a client may choose that text: 16 to 50 characters of `[A-Za-z0-9_-]`.
    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }

    /// Whether a client chose this id.
    public boolean isChosenByClient() {
        return !value.startsWith(GENERATED);
    }
}
