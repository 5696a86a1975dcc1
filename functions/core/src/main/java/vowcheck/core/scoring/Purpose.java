package vowcheck.core.scoring;

import java.util.Locale;

/// What an application was scored for.
public enum Purpose {
    /// A couple asks for the loan.
    APPLICATION,
    /// An operator tries the service: stored, and left out of drift and of every count.
    PROBE;

    /// The name in SQL and JSON, such as `probe`.
    public String fieldValue() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The purpose of that name; throws [IllegalArgumentException] for another.
    public static Purpose named(String fieldValue) {
        return valueOf(fieldValue.toUpperCase(Locale.ROOT));
    }
}
