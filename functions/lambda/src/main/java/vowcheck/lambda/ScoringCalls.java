package vowcheck.lambda;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vowcheck.adapters.json.ApplicationJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.scoring.CurrentModel;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.Scoring;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;
import vowcheck.lambda.http.Routes;
import vowcheck.lambda.http.UnsupportedMediaType;

/// The clerks' calls: `/predict`, `/batch_predict` and `/model-info`.
final class ScoringCalls {

    private final Scoring scoring;
    private final CurrentModel currentModel;

    ScoringCalls(Scoring scoring, CurrentModel currentModel) {
        this.scoring = scoring;
        this.currentModel = currentModel;
    }

    Map<String, Map<String, Routes.Call>> byPath() {
        return Map.of(
                "/predict", Map.of("POST", this::predict),
                "/batch_predict", Map.of("POST", this::batchPredict),
                "/model-info", Map.of("GET", this::modelInfo));
    }

    /// The newest model's answer to its own smoke application; nothing is logged, for nobody applied.
    String smoke() {
        var model = currentModel.newest();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model_version", model.manifest().version().value());
        fields.put("probability", model.probability(model.manifest().smoke().application()));
        return JsonDocument.write(fields);
    }

    private ApiResponse predict(ApiRequest request, RequestId requestId) {
        var application = ApplicationJson.one(json(request));
        var scored = scoring.score(requestId, Endpoint.SINGLE, List.of(application));
        return answer(
                scored, Map.of("probability", scored.applications().getFirst().probability()));
    }

    private ApiResponse batchPredict(ApiRequest request, RequestId requestId) {
        var applications = ApplicationJson.batch(json(request));
        var scored = scoring.score(requestId, Endpoint.BATCH, applications);
        var probabilities = scored.applications().stream()
                .map(ScoredApplication::probability)
                .toList();
        return answer(scored, Map.of("probabilities", probabilities));
    }

    private ApiResponse modelInfo(ApiRequest request, RequestId requestId) {
        var manifest = currentModel.model().manifest();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model_name", ModelManifest.MODEL_NAME);
        fields.put("model_version", manifest.version().value());
        fields.put("data_cutoff_date", manifest.cutoff().toString());
        fields.put("status", "production");
        return ApiResponse.json(200, JsonDocument.write(fields))
                .with("X-Model-Version", manifest.version().value());
    }

    private static ApiResponse answer(ScoredRequest scored, Map<String, ?> fields) {
        return ApiResponse.json(200, JsonDocument.write(fields))
                .with("X-Model-Version", scored.modelVersion().value());
    }

    /// The body; a caller that names no content type means JSON.
    private static String json(ApiRequest request) {
        var contentType = request.header("Content-Type").orElse("application/json");
        var mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!mediaType.equals("application/json")) {
            throw new UnsupportedMediaType(mediaType);
        }
        return request.body();
    }
}
