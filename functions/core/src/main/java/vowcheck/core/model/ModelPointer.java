package vowcheck.core.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What serves: the content of `production.json`, written last in every promotion.
///
/// @param model the model in production
/// @param formerVersion the version that served before, or null for the first one
/// @param formerManifestHash SHA-256 of that version's manifest, or null where the pointer was written before pointers
///     stated it
public record ModelPointer(
        ModelIdentity model,
        @Nullable ModelVersion formerVersion,
        @Nullable Sha256 formerManifestHash) {

    public ModelPointer {
        if (formerVersion == null && formerManifestHash != null) {
            throw new IllegalArgumentException("a former model's hash without its version");
        }
    }

    /// The pointer to a model that replaces none.
    public ModelPointer(ModelIdentity model) {
        this(model, null, null);
    }

    /// The pointer to the model that replaces this one's.
    public ModelPointer replacedBy(ModelIdentity next) {
        return new ModelPointer(next, version(), manifestHash());
    }

    /// The version in production.
    public ModelVersion version() {
        return model.version();
    }

    /// SHA-256 of the manifest in production.
    public Sha256 manifestHash() {
        return model.manifestHash();
    }

    /// The model that served before; empty for the first one, and where its hash is not known.
    public Optional<ModelIdentity> former() {
        return formerVersion == null || formerManifestHash == null
                ? Optional.empty()
                : Optional.of(new ModelIdentity(formerVersion, formerManifestHash));
    }
}
