package vowcheck.adapters.s3;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.bundle.TrainedRowsJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.RunId;

/// `outcome.json` of a training. It has the champion's three fields only where there was a champion.
final class OutcomeJson {

    private OutcomeJson() {}

    static String write(Outcome outcome) {
        var champion = Optional.ofNullable(outcome.champion());
        return new JsonObject()
                .with("model_version", outcome.modelVersion().value())
                .with("run_id", outcome.runId().value())
                .with("manifest_sha256", outcome.manifestHash().hex())
                .withPresent("champion_version", champion.map(it -> it.version().value()))
                .withPresent("production_average_precision", champion.map(Outcome.Champion::averagePrecision))
                .withPresent("champion_fitted_until_test_rows", champion.map(Outcome.Champion::fittedUntilTestRows))
                .with("average_precision", outcome.averagePrecision())
                .with("test_rows", outcome.testRows())
                .with("data_cutoff_date", outcome.dataCutoffDate().toString())
                .with(TrainedRowsJson.FIELD, TrainedRowsJson.write(outcome.labelledRows()))
                .json();
    }

    /// Throws [IllegalArgumentException] that names the field which is missing or wrong.
    static Outcome read(String json) {
        var document = JsonDocument.parse(json);
        return new Outcome(
                document.value("model_version", ModelVersion::new),
                document.value("run_id", RunId::new),
                document.value("manifest_sha256", Sha256::new),
                champion(document),
                document.number("average_precision"),
                document.integer("test_rows"),
                document.date("data_cutoff_date"),
                TrainedRowsJson.read(document.document(TrainedRowsJson.FIELD)));
    }

    private static Outcome.@Nullable Champion champion(JsonDocument document) {
        if (!document.has("champion_version")) {
            return null;
        }
        return new Outcome.Champion(
                document.value("champion_version", ModelVersion::new),
                document.number("production_average_precision"),
                document.flag("champion_fitted_until_test_rows"));
    }
}
