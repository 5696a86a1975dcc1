package vowcheck.adapters.bundle;

import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.TrainedRows;

/// `{"count","newest_date","sha256","left_out"}`, as manifests and outcomes have it in their field [#FIELD].
public final class TrainedRowsJson {

    /// The field's name.
    public static final String FIELD = "labelled_rows";

    private TrainedRowsJson() {}

    /// The rows as JSON.
    public static JsonObject write(TrainedRows rows) {
        return new JsonObject()
                .with("count", rows.count())
                .with("newest_date", rows.newest().toString())
                .with("sha256", rows.digest().hex())
                .with("left_out", rows.leftOut());
    }

    /// Throws the document's exception, which names the field that is missing or wrong.
    public static TrainedRows read(JsonDocument json) {
        return json.valid(() -> new TrainedRows(
                json.integer("count"),
                json.date("newest_date"),
                json.value("sha256", Sha256::new),
                json.integer("left_out")));
    }
}
