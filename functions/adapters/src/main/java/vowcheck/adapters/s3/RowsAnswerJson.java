package vowcheck.adapters.s3;

import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.training.PromotionDecision.Verdict;
import vowcheck.core.training.RowsAnswer;

/// `training/rows/<digest>.json`, and a field of `outcome.json`:
/// `{"model_version","data_cutoff_date","execution","decision"}`.
final class RowsAnswerJson {

    private RowsAnswerJson() {}

    static JsonObject write(RowsAnswer answer) {
        return new JsonObject()
                .with("model_version", answer.version().value())
                .with("data_cutoff_date", answer.cutoff().toString())
                .with("execution", answer.execution())
                .with("decision", answer.verdict().fieldValue());
    }

    /// Throws [IllegalArgumentException] that names the field which is missing or wrong.
    static RowsAnswer read(JsonDocument document) {
        return document.valid(() -> new RowsAnswer(
                document.value("model_version", ModelVersion::new),
                document.date("data_cutoff_date"),
                document.text("execution"),
                document.value("decision", Verdict::of)));
    }
}
