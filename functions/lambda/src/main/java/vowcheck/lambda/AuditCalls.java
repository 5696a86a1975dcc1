package vowcheck.lambda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.features.Application;
import vowcheck.core.reasons.Language;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.NoSuchPrediction;
import vowcheck.core.scoring.PredictionAudit;
import vowcheck.core.scoring.RequestId;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;

/// The auditors' call: `/predictions/{request_id}` shows what was answered, and with `?explain=true` why, by the
/// very model that answered.
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
        var logged = callers.person(request).isPresent()
                ? audit.ofAnyone(requestId, from)
                : audit.ofClient(CallerIdentification.client(request), requestId, from);
        var response = ApiResponse.json(200, JsonDocument.write(fields(logged, language)))
                .with("X-Model-Version", logged.part().modelVersion().value());
        return language.isPresent() ? Explanations.in(language.get(), response) : response;
    }

    private static RequestId requestId(ApiRequest request) {
        try {
            return new RequestId(request.pathParameters().getOrDefault("request_id", ""));
        } catch (IllegalArgumentException e) {
            throw new NoSuchPrediction(); // no request ever had such an id
        }
    }

    private Map<String, Object> fields(LoggedRequest logged, Optional<Language> language) {
        var origin = logged.part().origin();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("request_id", origin.requestId().value());
        fields.put("timestamp", logged.part().timestamp().toString());
        fields.put("model_version", logged.part().modelVersion().value());
        fields.put("endpoint", origin.endpoint().fieldValue());
        fields.put("purpose", origin.purpose().fieldValue());
        fields.put("count", logged.count());
        fields.put("from", logged.from());
        fields.put("predictions", predictions(logged, language));
        if (logged.goesOn()) {
            fields.put(
                    "next",
                    "/predictions/%s?from=%d".formatted(origin.requestId().value(), logged.end()));
        }
        return fields;
    }

    private List<Map<String, Object>> predictions(LoggedRequest logged, Optional<Language> language) {
        var predictions = new ArrayList<Map<String, Object>>();
        for (var scored : logged.part().scored()) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("instance", logged.from() + predictions.size());
            fields.put("probability", scored.probability());
            fields.put("features", features(scored.application()));
            predictions.add(fields);
        }
        language.ifPresent(in -> {
            var recomputed = explanations.recomputed(logged.part(), in);
            for (int i = 0; i < recomputed.size(); i++) {
                predictions.get(i).putAll(recomputed.get(i));
            }
        });
        return predictions;
    }

    private static Map<String, Object> features(Application application) {
        var features = new LinkedHashMap<String, Object>();
        for (var feature : application.schema().features()) {
            if (application.has(feature)) {
                features.put(feature.fieldName(), application.value(feature));
            }
        }
        return features;
    }
}
