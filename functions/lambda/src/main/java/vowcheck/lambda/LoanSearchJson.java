package vowcheck.lambda;

import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.LoggedLoan;
import vowcheck.core.scoring.LoggedPrediction;
import vowcheck.lambda.http.BodyFaults;

/// The bodies of `/predictions/search`. Unknown fields are ignored, as in an application.
final class LoanSearchJson {

    private static final String FROM = "from";

    private LoanSearchJson() {}

    /// What is searched.
    ///
    /// @param from how many of the newest predictions are left out
    record Search(LoanId loanId, int from) {}

    /// Reads a request; throws what [BodyFaults] makes of a fault.
    static Search search(String body) {
        var json = JsonDocument.parse(body, BodyFaults.DISCREET);
        return BodyFaults.both(() -> loanId(json), () -> from(json), Search::new);
    }

    private static LoanId loanId(JsonDocument json) {
        var text = json.any(LoanId.FIELD_NAME, LoanId.EXPECTED);
        if (text instanceof String id && LoanId.isId(id)) {
            return new LoanId(id);
        }
        throw json.wrong(LoanId.FIELD_NAME, text, LoanId.EXPECTED);
    }

    /// JSON does not tell 500 from 500.0.
    private static int from(JsonDocument json) {
        var expected = "a whole number of 0 or more";
        if (!json.names().contains(FROM)) {
            return 0;
        }
        var number = json.any(FROM, expected);
        if (number instanceof Number from && from.intValue() >= 0 && from.doubleValue() == from.intValue()) {
            return from.intValue();
        }
        throw json.wrong(FROM, number, expected);
    }

    static JsonObject answer(LoggedLoan found) {
        var body = new JsonObject()
                .with("count", found.count())
                .with(FROM, found.from())
                .with(
                        "predictions",
                        found.part().stream().map(LoanSearchJson::prediction).toList());
        return found.hasNext() ? body.with("next_from", found.end()) : body;
    }

    private static JsonObject prediction(LoggedPrediction prediction) {
        var origin = prediction.origin();
        return new JsonObject()
                .with("client", origin.client().value())
                .with("request_id", origin.requestId().value())
                .with("instance", prediction.instance())
                .with("timestamp", prediction.timestamp().toString())
                .with(ModelIdentityJson.VERSION, prediction.modelVersion().value())
                .with("probability", prediction.probability())
                .with("endpoint", origin.endpoint().fieldValue())
                .with("purpose", origin.purpose().fieldValue())
                .with(
                        "path",
                        "/predictions/%s?client=%s&from=%d"
                                .formatted(origin.requestId().value(), origin.client(), prediction.instance()));
    }
}
