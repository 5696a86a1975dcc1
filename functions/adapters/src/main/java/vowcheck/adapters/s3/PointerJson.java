package vowcheck.adapters.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;

/// `production.json`: `{"model_version","manifest_sha256","former_model_version"}`, the last field
/// only where there was a former model.
public final class PointerJson {

    private PointerJson() {}

    /// Throws [IllegalArgumentException] that names the field which is missing or of another type.
    public static ModelPointer read(String json) {
        return read(JsonDocument.parse(json));
    }

    static ModelPointer read(JsonDocument document) {
        return new ModelPointer(
                new ModelVersion(document.text("model_version")),
                new Sha256(document.text("manifest_sha256")),
                document.has("former_model_version") ? new ModelVersion(document.text("former_model_version")) : null);
    }

    /// The pointer as JSON; equal pointers give equal text.
    public static String write(ModelPointer pointer) {
        return JsonDocument.write(fields(pointer));
    }

    static Map<String, Object> fields(ModelPointer pointer) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model_version", pointer.version().value());
        fields.put("manifest_sha256", pointer.manifestHash().hex());
        if (pointer.formerVersion() != null) {
            fields.put("former_model_version", pointer.formerVersion().value());
        }
        return fields;
    }
}
