package vowcheck.adapters.operators;

import java.util.Locale;

/// What a named person may do.
public enum OperatorRole {
    /// Everything that is not the clerks': change what serves, work in MLflow, probe, read any prediction.
    OPERATOR,
    /// Read any prediction and its explanation, and nothing else.
    AUDITOR;

    /// The role of that name; throws [IllegalArgumentException] for any other than `operator` and `auditor`.
    public static OperatorRole named(String name) {
        for (var role : values()) {
            if (role.text().equals(name)) {
                return role;
            }
        }
        throw new IllegalArgumentException("a role is '%s', expected operator or auditor".formatted(name));
    }

    /// The name as it is written in the secret.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
