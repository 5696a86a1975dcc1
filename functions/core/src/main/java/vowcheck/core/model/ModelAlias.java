package vowcheck.core.model;

import java.util.Locale;

/// The names by which the registry knows versions of the model.
public enum ModelAlias {
    /// The version that is to serve.
    PRODUCTION,
    /// The version that served before.
    DEPRECATED;

    /// The name in the registry, such as `production`.
    public String fieldValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
