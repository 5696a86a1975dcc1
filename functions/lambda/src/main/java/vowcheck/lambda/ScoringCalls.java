package vowcheck.lambda;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.reasons.Language;
import vowcheck.core.scoring.CurrentModel;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.Scoring;
import vowcheck.core.scoring.ShadowScoring;
import vowcheck.core.scoring.SubmittedApplication;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;
import vowcheck.lambda.http.ApplicationJson;
import vowcheck.lambda.http.Problem;
import vowcheck.lambda.http.RequestRefused;
import vowcheck.lambda.observation.ScoringMetrics;

/// The clerks' calls: `/predict`, `/batch_predict` and `/model-info`.
final class ScoringCalls {

    /// The longest that a canary waits for a shadow's bundle, after its answer.
    private static final Duration SHADOW_LIMIT = Duration.ofSeconds(5);

    private final ApplicationJson applicationJson;
    private final Scoring scoring;
    private final CurrentModel currentModel;
    private final ShadowScoring shadows;
    private final Explanations explanations;
    private final CallerIdentification callers;
    private final ScoringMetrics metrics;
    private final InstantSource clock;

    ScoringCalls(
            ApplicationJson applicationJson,
            Scoring scoring,
            CurrentModel currentModel,
            ShadowScoring shadows,
            Explanations explanations,
            CallerIdentification callers,
            ScoringMetrics metrics,
            InstantSource clock) {
        this.applicationJson = applicationJson;
        this.scoring = scoring;
        this.currentModel = currentModel;
        this.shadows = shadows;
        this.explanations = explanations;
        this.callers = callers;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// The smoke application's probability by the model that is in production now. Nothing is logged, since nobody
    /// applied.
    String smoke() {
        var model = currentModel.newest();
        return ModelIdentityJson.add(new JsonObject(), model.identity())
                .with("probability", model.probability(model.manifest().smoke().application()))
                .json();
    }

    /// A canary: the smoke application, scored and stored as every other one, but as a probe of no client. Throws
    /// [UnusableModel] where no model serves; then nothing says that the canary was answered.
    String canary(RequestId requestId) {
        var begun = clock.instant();
        var smoke = currentModel.model().manifest().smoke().application();
        var origin = new RequestOrigin(requestId, Endpoint.SINGLE, Purpose.PROBE, ClientName.UNKNOWN);
        var answer = scoring.score(origin, List.of(new SubmittedApplication(smoke)));
        metrics.answered(answer, begun);
        metrics.canaryAnswered(answer);
        // No client waits here: in a function with few requests, a shadow's bundle is read now or never.
        shadows.await(SHADOW_LIMIT);
        return new JsonObject()
                .with("request_id", requestId.value())
                .with("probability", answer.request().scored().getFirst().probability())
                .json();
    }

    ApiResponse predict(ApiRequest request, RequestId requestId) {
        var begun = clock.instant();
        var language = Explanations.askedIn(request);
        var applications = List.of(applicationJson.one(request.json()));
        var answer = scored(request, requestId, Endpoint.SINGLE, applications);
        var body = new JsonObject()
                .with("probability", answer.request().scored().getFirst().probability());
        language.ifPresent(in ->
                body.with("explanation", explanations.of(answer.request(), in).getFirst()));
        var response = response(answer, body, language);
        metrics.answered(answer, begun);
        return response;
    }

    ApiResponse batchPredict(ApiRequest request, RequestId requestId) {
        var begun = clock.instant();
        var language = Explanations.askedIn(request);
        int most = language.isPresent() ? Explanations.MOST_INSTANCES : Scoring.MOST_INSTANCES;
        var applications = applicationJson.batch(request.json(), most);
        var answer = scored(request, requestId, Endpoint.BATCH, applications);
        var body = new JsonObject()
                .with(
                        "probabilities",
                        answer.request().scored().stream()
                                .map(ScoredApplication::probability)
                                .toList());
        language.ifPresent(in -> body.with("explanations", explanations.of(answer.request(), in)));
        var response = response(answer, body, language);
        metrics.answered(answer, begun);
        return response;
    }

    private Scoring.Answer scored(
            ApiRequest request, RequestId requestId, Endpoint endpoint, List<SubmittedApplication> applications) {
        return scoring.score(callers.origin(request, requestId, endpoint), applications);
    }

    private static ApiResponse response(Scoring.Answer answer, JsonObject body, Optional<Language> language) {
        var response = ApiResponse.json(200, body)
                .with("X-Request-Id", answer.request().requestId().value())
                .with("X-Model-Version", answer.request().modelVersion().value());
        if (answer.replayed()) {
            response = response.with("Idempotency-Replayed", "true");
        }
        return language.isPresent() ? Explanations.in(language.get(), response) : response;
    }

    /// The model that serves, and what is refused in its place. Where nothing else is left to serve, the answer is 503
    /// with the reason, which concerns only the bundle or the pointer.
    ApiResponse modelInfo(ApiRequest request, RequestId requestId) {
        var model = servingModel();
        var manifest = model.manifest();
        var body = new JsonObject()
                .with("model_name", ModelManifest.MODEL_NAME)
                .with("model_version", manifest.version().value())
                .with("data_cutoff_date", manifest.data().cutoff().toString())
                .with("status", "production")
                .withPresent("refused", currentModel.refusal().map(ScoringCalls::refused));
        return ApiResponse.json(200, body)
                .with("X-Model-Version", manifest.version().value())
                .with("X-Manifest-SHA256", model.manifestHash().hex());
    }

    private ScoringModel servingModel() {
        try {
            return currentModel.model();
        } catch (UnusableModel e) {
            var refused = currentModel
                    .refusal()
                    .flatMap(CurrentModel.Refusal::refusedVersion)
                    .map("version %s is in production but cannot be used"::formatted)
                    .orElse("no model can be used");
            throw new RequestRefused(
                    Problem.of(503, "Service Unavailable", "%s: %s".formatted(refused, e.getMessage())));
        }
    }

    private static JsonObject refused(CurrentModel.Refusal refusal) {
        return new JsonObject()
                .withPresent("model_version", refusal.refusedVersion().map(ModelVersion::value))
                .with("reason", refusal.reason());
    }
}
