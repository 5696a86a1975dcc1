package vowcheck.adapters.bundle;

import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;

/// A model's identity as two fields of a JSON object, [#VERSION] and [#MANIFEST_HASH], in every document that names a
/// model.
public final class ModelIdentityJson {

    /// The version that the manifest states.
    public static final String VERSION = "model_version";

    /// SHA-256 of the manifest, as 64 hexadecimal digits.
    public static final String MANIFEST_HASH = "manifest_sha256";

    private ModelIdentityJson() {}

    /// Adds the two fields to an object, and returns it.
    public static JsonObject add(JsonObject object, ModelIdentity model) {
        return object.with(VERSION, model.version().value())
                .with(MANIFEST_HASH, model.manifestHash().hex());
    }

    /// Throws the document's exception, which names the field that is missing or wrong.
    public static ModelIdentity read(JsonDocument json) {
        return new ModelIdentity(json.value(VERSION, ModelVersion::new), json.value(MANIFEST_HASH, Sha256::new));
    }
}
