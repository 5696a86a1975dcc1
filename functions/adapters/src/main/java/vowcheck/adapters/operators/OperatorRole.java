package vowcheck.adapters.operators;

import java.util.Locale;

/// What a named person may do.
public enum OperatorRole {
    /// May do everything: change the model in production, use MLflow, send probes, read all predictions.
    OPERATOR,
    /// May read all predictions and their explanations, and nothing else.
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

    /// The name in the secret.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
