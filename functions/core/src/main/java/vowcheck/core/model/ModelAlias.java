package vowcheck.core.model;

import java.util.Locale;

/// The aliases that the registry gives to versions of the model.
public enum ModelAlias {
    /// The version that should serve.
    PRODUCTION,
    /// The version that served before.
    DEPRECATED;

    /// The name in the registry, such as `production`.
    public String fieldValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
