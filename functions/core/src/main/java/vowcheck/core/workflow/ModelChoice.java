package vowcheck.core.workflow;

import java.util.Locale;
import java.util.regex.Pattern;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;

/// Names a published model as people do: by its version and, where several models have that version, by the first
/// digits of its manifest's SHA-256, as in `3@9f86d081`.
///
/// @param firstDigits lower-case hexadecimal digits; none for any model of the version
public record ModelChoice(ModelVersion version, String firstDigits) {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{1,64}");

    /// The choice in a text. Throws [IllegalArgumentException] that says what was expected.
    public static ModelChoice of(String text) {
        var parts = text.split("@", 2);
        var digits = parts.length == 1 ? "" : parts[1].toLowerCase(Locale.ROOT);
        if (parts.length == 2 && !DIGITS.matcher(digits).matches()) {
            throw new IllegalArgumentException(
                    "'%s' after the version, expected 1 to 64 hexadecimal digits".formatted(parts[1]));
        }
        return new ModelChoice(new ModelVersion(parts[0]), digits);
    }

    /// Whether it names that model.
    boolean isOf(ModelIdentity model) {
        return version.equals(model.version()) && model.manifestHash().hex().startsWith(firstDigits);
    }

    /// As it was given.
    @Override
    public String toString() {
        return firstDigits.isEmpty() ? version.value() : version + "@" + firstDigits;
    }
}
