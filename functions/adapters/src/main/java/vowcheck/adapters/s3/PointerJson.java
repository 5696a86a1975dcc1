package vowcheck.adapters.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ModelsInService;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.ShadowPointer;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.model.ShadowPointer.UnreadableShadow;
import vowcheck.core.model.ShadowStart;

/// `production.json`: `{"model_version","manifest_sha256","former_model_version","former_manifest_sha256"}`, the
/// former model's fields only where there was one. Earlier builds wrote no `former_manifest_sha256`. Where a model is
/// the shadow, `"shadow": {"model_version","manifest_sha256","started_at","started_by","reason"}` follows; a build that
/// does not know it leaves it out when it writes the pointer.
public final class PointerJson {

    private static final String FORMER = "former_";
    private static final String FORMER_VERSION = FORMER + ModelIdentityJson.VERSION;
    private static final String FORMER_MANIFEST_HASH = FORMER + ModelIdentityJson.MANIFEST_HASH;
    private static final String SHADOW = "shadow";
    private static final String STARTED_AT = "started_at";
    private static final String STARTED_BY = "started_by";
    private static final String REASON = "reason";

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

    /// The pointer with its shadow. A shadow that cannot be read is no reason to throw.
    static ModelsInService serving(byte[] json) {
        var document = JsonDocument.parse(json);
        return new ModelsInService(read(document), shadow(document));
    }

    private static ShadowPointer shadow(JsonDocument pointer) {
        if (!pointer.has(SHADOW)) {
            return NoShadow.NONE;
        }
        try {
            var document = pointer.document(SHADOW);
            return new NamedShadow(
                    ModelIdentityJson.read(document),
                    new ShadowStart(
                            Instant.parse(document.text(STARTED_AT)),
                            document.text(STARTED_BY),
                            document.text(REASON)));
        } catch (IllegalArgumentException | DateTimeException e) {
            return new UnreadableShadow(String.valueOf(e.getMessage()));
        }
    }

    /// What the store has in service as JSON; a shadow that cannot be read is left out.
    static String write(ModelsInService serving) {
        var json = object(serving.production());
        return switch (serving.shadow()) {
            case NamedShadow shadow -> json.with(SHADOW, object(shadow)).json();
            case NoShadow _, UnreadableShadow _ -> json.json();
        };
    }

    private static JsonObject object(NamedShadow shadow) {
        var start = shadow.start();
        return ModelIdentityJson.add(new JsonObject(), shadow.model())
                .with(STARTED_AT, start.at().toString())
                .with(STARTED_BY, start.by())
                .with(REASON, start.reason());
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
