package vowcheck.adapters.s3;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;

/// `production.json`: `{"model_version","manifest_sha256","former_model_version","former_manifest_sha256"}`, the
/// former model's fields only where there was one. Earlier builds wrote no `former_manifest_sha256`.
public final class PointerJson {

    private PointerJson() {}

    /// Throws [IllegalArgumentException] that names the field which is missing or of another type.
    ///
    /// @param json in any of JSON's encodings: a shell's redirection may write UTF-16 or a byte order mark
    public static ModelPointer read(byte[] json) {
        return read(JsonDocument.parse(json));
    }

    static ModelPointer read(JsonDocument document) {
        return new ModelPointer(
                new ModelIdentity(
                        document.value("model_version", ModelVersion::new),
                        document.value("manifest_sha256", Sha256::new)),
                optional(document, "former_model_version", ModelVersion::new),
                optional(document, "former_manifest_sha256", Sha256::new));
    }

    private static <T> @Nullable T optional(JsonDocument document, String field, Function<String, T> type) {
        return document.has(field) ? document.value(field, type) : null;
    }

    /// The pointer as JSON; equal pointers give equal text.
    public static String write(ModelPointer pointer) {
        return object(pointer).json();
    }

    static JsonObject object(ModelPointer pointer) {
        return new JsonObject()
                .with("model_version", pointer.version().value())
                .with("manifest_sha256", pointer.manifestHash().hex())
                .withPresent(
                        "former_model_version",
                        Optional.ofNullable(pointer.formerVersion()).map(ModelVersion::value))
                .withPresent(
                        "former_manifest_sha256",
                        Optional.ofNullable(pointer.formerManifestHash()).map(Sha256::hex));
    }
}
