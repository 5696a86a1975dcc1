package vowcheck.core.model;

import java.util.regex.Pattern;

/// The version of a model: the registry's number, or `baseline`. Two models may have the same one, see
/// [ModelIdentity]. It becomes part of object keys and paths, so it consists of 1 to 64 of the characters
/// `A-Z a-z 0-9 . _ -` and starts with a letter or a digit.
public record ModelVersion(String value) {

    /// The regular expression of all versions.
    public static final String ALLOWED = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private static final Pattern PATTERN = Pattern.compile(ALLOWED);

    /// The version of the bundle that is committed with the source.
    public static final ModelVersion BASELINE = new ModelVersion("baseline");

    public ModelVersion {
        if (!PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "model version '%s', expected 1 to 64 letters, digits, dots, dashes or underscores"
                            .formatted(value));
        }
    }

    /// Whether the registry knows the version: the committed bundle serves without having been registered.
    public boolean isRegistered() {
        return !equals(BASELINE);
    }

    /// The bare version, such as `12`.
    @Override
    public String toString() {
        return value;
    }
}
