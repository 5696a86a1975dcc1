package vowcheck.core.scoring;

import java.util.Locale;

/// The call by which an application was sent.
public enum Endpoint {
    SINGLE,
    BATCH;

    /// The name in SQL and JSON, such as `single`.
    public String fieldValue() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The endpoint of that name; throws [IllegalArgumentException] for another.
    public static Endpoint named(String fieldValue) {
        return valueOf(fieldValue.toUpperCase(Locale.ROOT));
    }
}
