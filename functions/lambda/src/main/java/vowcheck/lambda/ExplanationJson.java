package vowcheck.lambda;

import java.util.Optional;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.features.Application;
import vowcheck.core.model.Explanation;
import vowcheck.core.reasons.Language;
import vowcheck.core.reasons.Reason;

/// An explanation in an answer of the API: what each of the model's features adds to the log-odds, and the largest
/// contributions in words.
final class ExplanationJson {

    private ExplanationJson() {}

    static JsonObject of(Application application, Explanation explanation, Language language) {
        var contributions = new JsonObject();
        explanation
                .contributions()
                .forEach(contribution ->
                        contributions.with(contribution.feature().fieldName(), contribution.logOdds()));
        return new JsonObject()
                .with("base_log_odds", explanation.base())
                .with("contributions", contributions)
                .with("log_odds", explanation.logOdds())
                .with(
                        "reasons",
                        Reason.of(application, explanation, language).stream()
                                .map(ExplanationJson::of)
                                .toList());
    }

    private static JsonObject of(Reason reason) {
        return new JsonObject()
                .with("feature", reason.feature().fieldName())
                .withPresent("value", Float.isNaN(reason.value()) ? Optional.empty() : Optional.of(reason.value()))
                .with("contribution", reason.contribution())
                .with("reason_code", reason.reasonCode().name())
                .with("text", reason.text());
    }
}
