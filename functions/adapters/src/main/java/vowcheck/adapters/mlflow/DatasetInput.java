package vowcheck.adapters.mlflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelManifest;

/// The labelled rows of a training, as MLflow describes a dataset that went into a run.
final class DatasetInput {

    /// PostgreSQL's table of labelled rows, and its label.
    private static final String TABLE = "divorce_predictions";

    private static final String LABEL = "Divorce";

    /// MLflow takes at most 36 characters; its pages show all of them beside the name. The parameter
    /// `labelled_rows_sha256` has the whole digest.
    private static final int DIGEST_LENGTH = 16;

    private DatasetInput() {}

    /// What `runs/log-inputs` takes; empty for a manifest that does not say which rows it was made with.
    static Optional<JsonObject> of(ModelManifest manifest) {
        return Optional.ofNullable(manifest.data().labelledRows()).map(rows -> {
            var data = manifest.data();
            var columns = columns(manifest);
            var dataset = new JsonObject()
                    .with("name", TABLE)
                    .with("digest", rows.digest().hex().substring(0, DIGEST_LENGTH))
                    .with("source_type", "postgresql")
                    .with(
                            "source",
                            new JsonObject()
                                    .with("table", TABLE)
                                    .with("before", data.cutoff().toString())
                                    .with("origin", data.origin())
                                    .json())
                    .with(
                            "schema",
                            new JsonObject().with("mlflow_colspec", columns).json())
                    .with(
                            "profile",
                            new JsonObject()
                                    .with("num_rows", rows.count())
                                    .with("num_elements", (long) rows.count() * columns.size())
                                    .with("training_rows", data.training().rows())
                                    .with("calibration_rows", data.calibrating().rows())
                                    .with("test_rows", data.test().rows())
                                    .json());
            return new JsonObject()
                    .with("dataset", dataset)
                    .with(
                            "tags",
                            List.of(new JsonObject()
                                    .with("key", "mlflow.data.context")
                                    .with("value", "training")));
        });
    }

    private static List<JsonObject> columns(ModelManifest manifest) {
        var columns = new ArrayList<JsonObject>();
        manifest.schema()
                .features()
                .forEach(feature -> columns.add(column("float", feature.fieldName(), !feature.mayBeMissing())));
        columns.add(column("integer", LABEL, true));
        return columns;
    }

    private static JsonObject column(String type, String name, boolean required) {
        return new JsonObject().with("type", type).with("name", name).with("required", required);
    }
}
