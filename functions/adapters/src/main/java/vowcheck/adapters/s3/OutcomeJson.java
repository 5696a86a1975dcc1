package vowcheck.adapters.s3;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.RunId;

/// `outcome.json` of a training. It has the champion's three fields only where there was a champion.
final class OutcomeJson {

    private OutcomeJson() {}

    static String write(Outcome outcome) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model_version", outcome.modelVersion().value());
        fields.put("run_id", outcome.runId().value());
        fields.put("manifest_sha256", outcome.manifestHash().hex());
        var champion = outcome.champion();
        if (champion != null) {
            fields.put("champion_version", champion.version().value());
            fields.put("production_average_precision", champion.averagePrecision());
            fields.put("champion_fitted_until_test_rows", champion.fittedUntilTestRows());
        }
        fields.put("average_precision", outcome.averagePrecision());
        fields.put("test_rows", outcome.testRows());
        fields.put("data_cutoff_date", outcome.dataCutoffDate().toString());
        return JsonDocument.write(fields);
    }

    /// Throws [IllegalArgumentException] that names the field which is missing or wrong.
    static Outcome read(String json) {
        var document = JsonDocument.parse(json);
        return new Outcome(
                new ModelVersion(document.text("model_version")),
                new RunId(document.text("run_id")),
                new Sha256(document.text("manifest_sha256")),
                champion(document),
                document.number("average_precision"),
                document.integer("test_rows"),
                date(document.text("data_cutoff_date")));
    }

    private static Outcome.@Nullable Champion champion(JsonDocument document) {
        if (!document.has("champion_version")) {
            return null;
        }
        return new Outcome.Champion(
                new ModelVersion(document.text("champion_version")),
                document.number("production_average_precision"),
                document.flag("champion_fitted_until_test_rows"));
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("data_cutoff_date is '%s', expected a date".formatted(text), e);
        }
    }
}
