package vowcheck.core.scoring;

import java.util.Locale;

/// Why an application was scored.
public enum Purpose {
    /// A couple applied for a loan.
    APPLICATION,
    /// An operator tests the service. The prediction is stored, but neither drift nor any metric counts it.
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
