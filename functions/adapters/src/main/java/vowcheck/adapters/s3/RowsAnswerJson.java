package vowcheck.adapters.s3;

import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.training.PromotionDecision.Verdict;
import vowcheck.core.training.RowsAnswer;

/// `training/rows/<digest>.json`, and a field of `outcome.json`:
/// `{"model_version","manifest_sha256","data_cutoff_date","execution","decision"}`.
final class RowsAnswerJson {

    private RowsAnswerJson() {}

    static JsonObject write(RowsAnswer answer) {
        return ModelIdentityJson.add(new JsonObject(), answer.model())
                .with("data_cutoff_date", answer.cutoff().toString())
                .with("execution", answer.execution())
                .with("decision", answer.verdict().fieldValue());
    }

    /// Throws [IllegalArgumentException] that names the field which is missing or wrong.
    static RowsAnswer read(JsonDocument document) {
        return document.valid(() -> new RowsAnswer(
                ModelIdentityJson.read(document),
                document.date("data_cutoff_date"),
                document.text("execution"),
                document.value("decision", Verdict::of)));
    }
}
