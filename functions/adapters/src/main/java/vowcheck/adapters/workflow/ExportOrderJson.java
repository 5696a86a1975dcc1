package vowcheck.adapters.workflow;

import java.util.Optional;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.export.ExportId;
import vowcheck.core.export.ExportOrder;
import vowcheck.core.export.ExportRange;

/// The event that starts an export: `{"export_id","from","to","requested_by","reason"}`, the reason only if
/// there is one.
public final class ExportOrderJson {

    private ExportOrderJson() {}

    static JsonObject write(ExportOrder order) {
        return new JsonObject()
                .with("export_id", order.id().value())
                .with("from", order.range().from().toString())
                .with("to", order.range().to().toString())
                .with("requested_by", order.requestedBy())
                .withPresent("reason", order.reason());
    }

    /// Throws [IllegalArgumentException] that names the field which is missing or wrong.
    public static ExportOrder read(byte[] event) {
        var fields = JsonDocument.parse(event);
        return new ExportOrder(
                fields.value("export_id", ExportId::new),
                new ExportRange(fields.date("from"), fields.date("to")),
                fields.text("requested_by"),
                fields.has("reason") ? Optional.of(fields.text("reason")) : Optional.empty());
    }
}
