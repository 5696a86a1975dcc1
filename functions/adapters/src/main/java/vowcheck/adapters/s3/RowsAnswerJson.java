package vowcheck.adapters.s3;

import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.training.RowsAnswer;

/// `training/rows/<digest>.json`, and a field of `outcome.json`:
/// `{"model_version","manifest_sha256","champion":{…},"data_cutoff_date","execution","decision"}`, the champion only
/// where
/// there was one.
final class RowsAnswerJson {

    private static final String CHAMPION = "champion";

    private RowsAnswerJson() {}

    static JsonObject write(RowsAnswer answer) {
        return ModelIdentityJson.add(new JsonObject(), answer.model())
                .withPresent(CHAMPION, answer.compared().map(it -> ModelIdentityJson.add(new JsonObject(), it)))
                .with("data_cutoff_date", answer.cutoff().toString())
                .with("execution", answer.execution())
                .with("decision", answer.standing().fieldValue());
    }

    /// Throws [IllegalArgumentException] that names the field which is missing or wrong.
    static RowsAnswer read(JsonDocument document) {
        return new RowsAnswer(
                ModelIdentityJson.read(document),
                document.has(CHAMPION) ? ModelIdentityJson.read(document.document(CHAMPION)) : null,
                document.date("data_cutoff_date"),
                document.text("execution"),
                document.value("decision", RowsAnswer.Standing::of));
    }
}
