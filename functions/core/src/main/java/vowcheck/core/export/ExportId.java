package vowcheck.core.export;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Identifies an export, such as `20250601T101530Z-0123456789abcdef`: when it was ordered, and what nobody can
/// guess.
public record ExportId(String value) {

    private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{16}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /// Throws [IllegalArgumentException] for a text of another form.
    public ExportId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not the id of an export");
        }
    }

    /// The id of an export that is ordered now.
    static ExportId of(Instant now, RandomGenerator random) {
        return new ExportId(TIME.format(now) + "-" + HexFormat.of().toHexDigits(random.nextLong()));
    }

    @Override
    public String toString() {
        return value;
    }
}
