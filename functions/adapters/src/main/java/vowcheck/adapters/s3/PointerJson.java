package vowcheck.adapters.s3;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;

/// `production.json`: `{"model_version","manifest_sha256","former_model_version","former_manifest_sha256"}`, the
/// former model's fields only where there was one. Earlier builds wrote no `former_manifest_sha256`.
public final class PointerJson {

    private static final String FORMER = "former_";
    private static final String FORMER_VERSION = FORMER + ModelIdentityJson.VERSION;
    private static final String FORMER_MANIFEST_HASH = FORMER + ModelIdentityJson.MANIFEST_HASH;

    private PointerJson() {}

    /// Throws [IllegalArgumentException] that names the field which is missing or of another type.
    ///
    /// @param json in any of JSON's encodings: a shell's redirection may write UTF-16 or a byte order mark
    public static ModelPointer read(byte[] json) {
        return read(JsonDocument.parse(json));
    }

    static ModelPointer read(JsonDocument document) {
        return new ModelPointer(
                ModelIdentityJson.read(document),
                optional(document, FORMER_VERSION, ModelVersion::new),
                optional(document, FORMER_MANIFEST_HASH, Sha256::new));
    }

    private static <T> @Nullable T optional(JsonDocument document, String field, Function<String, T> type) {
        return document.has(field) ? document.value(field, type) : null;
    }

    /// The pointer as JSON; equal pointers give equal text.
    public static String write(ModelPointer pointer) {
        return object(pointer).json();
    }

    static JsonObject object(ModelPointer pointer) {
        return ModelIdentityJson.add(new JsonObject(), pointer.model())
                .withPresent(
                        FORMER_VERSION,
                        Optional.ofNullable(pointer.formerVersion()).map(ModelVersion::value))
                .withPresent(
                        FORMER_MANIFEST_HASH,
                        Optional.ofNullable(pointer.formerManifestHash()).map(Sha256::hex));
    }
}
