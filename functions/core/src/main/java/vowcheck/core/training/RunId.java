package vowcheck.core.training;

import java.util.regex.Pattern;

/// Identifies one run in the experiment tracker: 1 to 64 letters, digits, dashes or underscores.
public record RunId(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public RunId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "run id '%s', expected 1 to 64 letters, digits, dashes or underscores".formatted(value));
        }
    }
}
