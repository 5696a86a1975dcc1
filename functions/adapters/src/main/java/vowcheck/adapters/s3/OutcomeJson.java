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

/// `outcome.json` of a training. It has the champion's three fields only where there was a champion; for one that
/// cannot be opened, `champion_problem` and, if it is known, `champion_version`.
final class OutcomeJson {

    private static final String CHAMPION_VERSION = "champion_version";
    private static final String CHAMPION_PROBLEM = "champion_problem";

    private OutcomeJson() {}

    static String write(Outcome outcome) {
        var measured = outcome.measuredChampion();
        return new JsonObject()
                .with("model_version", outcome.modelVersion().value())
                .with("run_id", outcome.runId().value())
                .with("manifest_sha256", outcome.manifestHash().hex())
                .withPresent(CHAMPION_VERSION, outcome.championVersion().map(ModelVersion::value))
                .withPresent(CHAMPION_PROBLEM, problem(outcome))
                .withPresent("production_average_precision", measured.map(Outcome.MeasuredChampion::averagePrecision))
                .withPresent(
                        "champion_fitted_until_test_rows", measured.map(Outcome.MeasuredChampion::fittedUntilTestRows))
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

    private static Optional<String> problem(Outcome outcome) {
        return outcome.champion() instanceof Outcome.UnreadableChampion unreadable
                ? Optional.of(unreadable.problem())
                : Optional.empty();
    }

    private static Outcome.@Nullable Champion champion(JsonDocument document) {
        @Nullable
        ModelVersion version =
                document.has(CHAMPION_VERSION) ? document.value(CHAMPION_VERSION, ModelVersion::new) : null;
        if (document.has(CHAMPION_PROBLEM)) {
            return new Outcome.UnreadableChampion(version, document.text(CHAMPION_PROBLEM));
        }
        return version == null
                ? null
                : new Outcome.MeasuredChampion(
                        version,
                        document.number("production_average_precision"),
                        document.flag("champion_fitted_until_test_rows"));
    }
}
