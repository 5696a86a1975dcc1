package vowcheck.adapters.json;

import java.util.LinkedHashMap;
import java.util.Map;
import vowcheck.core.features.Application;
import vowcheck.core.model.Explanation;
import vowcheck.core.reasons.Language;
import vowcheck.core.reasons.Reason;

/// An explanation as the API answers it: what every feature adds to the log-odds, and the weightiest in words.
public final class ExplanationJson {

    private ExplanationJson() {}

    /// The fields of an application's explanation, ready to be written.
    public static Map<String, Object> fields(Application application, Explanation explanation, Language language) {
        var contributions = new LinkedHashMap<String, Object>();
        explanation
                .contributions()
                .forEach(
                        contribution -> contributions.put(contribution.feature().fieldName(), contribution.logOdds()));
        var fields = new LinkedHashMap<String, Object>();
        fields.put("base_log_odds", explanation.base());
        fields.put("contributions", contributions);
        fields.put("log_odds", explanation.logOdds());
        fields.put(
                "reasons",
                Reason.of(application, explanation, language).stream()
                        .map(ExplanationJson::fields)
                        .toList());
        return fields;
    }

    private static Map<String, Object> fields(Reason reason) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("feature", reason.feature().fieldName());
        fields.put("value", reason.value());
        fields.put("contribution", reason.contribution());
        fields.put("reason_code", reason.reasonCode().name());
        fields.put("text", reason.text());
        return fields;
    }
}
