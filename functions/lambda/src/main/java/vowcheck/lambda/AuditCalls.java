package vowcheck.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.Sha256;
import vowcheck.core.reasons.Language;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.NoSuchPrediction;
import vowcheck.core.scoring.PredictionAudit;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.ShadowScore;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;
import vowcheck.lambda.http.ApplicationJson;
import vowcheck.lambda.http.InvalidParameter;

/// The auditors' calls: `/predictions/{request_id}` shows stored predictions and, with `?explain=true`, their reasons,
/// recomputed by the model that made them; `/predictions/search` finds those of a loan.
final class AuditCalls {

    private final PredictionAudit audit;
    private final Explanations explanations;
    private final CallerIdentification callers;

    AuditCalls(PredictionAudit audit, Explanations explanations, CallerIdentification callers) {
        this.audit = audit;
        this.explanations = explanations;
        this.callers = callers;
    }

    ApiResponse storedPredictions(ApiRequest request, RequestId ownId) {
        var language = Explanations.askedIn(request);
        int from = request.wholeNumber("from");
        var requestId = requestId(request);
        var client = askedClient(request);
        boolean person = callers.person(request).isPresent();
        var logged = person
                ? audit.ofAnyone(client, requestId, from)
                : audit.ofClient(own(request, client), requestId, from);
        var response = ApiResponse.json(200, body(logged, person, language))
                .with("X-Model-Version", logged.part().modelVersion().value());
        return language.isPresent() ? Explanations.in(language.get(), response) : response;
    }

    /// The stored predictions of the loan that the body names. The API lets only operators and auditors through. The
    /// answer does not repeat the loan's id.
    ApiResponse predictionsOfLoan(ApiRequest request, RequestId ownId) {
        var search = LoanSearchJson.search(request.json().text());
        return ApiResponse.json(200, LoanSearchJson.answer(audit.ofLoan(search.loanId(), search.from())));
    }

    /// The client whose request is asked for. Operators and auditors name it where several have a request of that id.
    private static Optional<ClientName> askedClient(ApiRequest request) {
        try {
            return Optional.ofNullable(request.query().get("client")).map(ClientName::new);
        } catch (IllegalArgumentException e) {
            throw new InvalidParameter("the query parameter client", "a client's name: " + ClientName.FORMAT);
        }
    }

    /// The client that asks; it may name itself, and sees nothing of another.
    private static ClientName own(ApiRequest request, Optional<ClientName> asked) {
        var own = CallerIdentification.client(request);
        if (asked.isPresent() && !asked.get().equals(own)) {
            throw new NoSuchPrediction();
        }
        return own;
    }

    private static RequestId requestId(ApiRequest request) {
        try {
            return new RequestId(request.pathParameters().getOrDefault("request_id", ""));
        } catch (IllegalArgumentException e) {
            throw new NoSuchPrediction(); // such an id is never given
        }
    }

    private JsonObject body(LoggedRequest logged, boolean forAPerson, Optional<Language> language) {
        var part = logged.part();
        var origin = part.origin();
        var body = new JsonObject()
                .with("request_id", origin.requestId().value())
                .with("client", origin.client().value())
                .with("timestamp", part.timestamp().toString())
                .with("model_version", part.modelVersion().value())
                .withPresent(
                        ModelIdentityJson.MANIFEST_HASH,
                        Optional.ofNullable(part.manifestHash()).map(Sha256::hex))
                .with("endpoint", origin.endpoint().fieldValue())
                .with("purpose", origin.purpose().fieldValue())
                .with("count", logged.count())
                .withPresent("erased", Optional.of(logged.erased()).filter(erased -> erased > 0))
                .with("from", logged.from())
                .with("predictions", predictions(logged, forAPerson, language));
        if (logged.hasNext()) {
            var next = "/predictions/%s?from=%d".formatted(origin.requestId().value(), logged.end());
            body.with("next", forAPerson ? next + "&client=" + origin.client() : next);
        }
        return body;
    }

    /// @param forAPerson an operator or auditor, who sees the shadow's score, too
    private List<JsonObject> predictions(LoggedRequest logged, boolean forAPerson, Optional<Language> language) {
        var predictions = new ArrayList<JsonObject>();
        for (var scored : logged.part().scored()) {
            var prediction = new JsonObject()
                    .with("instance", logged.instances().get(predictions.size()))
                    .with("probability", scored.probability())
                    .withPresent(
                            LoanId.FIELD_NAME,
                            Optional.ofNullable(scored.loanId()).map(LoanId::value))
                    .withPresent(
                            "shadow",
                            Optional.ofNullable(scored.shadow())
                                    .filter(_ -> forAPerson)
                                    .map(AuditCalls::shadow))
                    .with("features", ApplicationJson.features(scored.application()));
            language.ifPresent(in -> explanations.addRecomputed(prediction, scored, logged.part(), in));
            predictions.add(prediction);
        }
        return predictions;
    }

    private static JsonObject shadow(ShadowScore score) {
        return new JsonObject()
                .with(ModelIdentityJson.VERSION, score.version().value())
                .with("probability", score.probability());
    }
}
