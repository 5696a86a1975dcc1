package vowcheck.lambda;

import java.util.List;
import java.util.Optional;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.reasons.Language;
import vowcheck.core.scoring.AnsweringModels;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;
import vowcheck.lambda.http.Problem;
import vowcheck.lambda.http.RequestRefused;

/// Explains scores, for callers who ask with `?explain=true`.
final class Explanations {

    /// The most instances in one answer with explanations.
    static final int MOST_INSTANCES = 500;

    private final AnsweringModels models;

    Explanations(AnsweringModels models) {
        this.models = models;
    }

    /// The language in which a caller asks for explanations; empty if it asks for none.
    static Optional<Language> askedIn(ApiRequest request) {
        return request.flag("explain")
                ? Optional.of(Language.accepted(request.header("Accept-Language")
                        .orElse(Language.ENGLISH.locale().getLanguage())))
                : Optional.empty();
    }

    /// The answer, with the headers that name its language.
    static ApiResponse in(Language language, ApiResponse response) {
        return response.with("Content-Language", language.locale().getLanguage())
                .with("Vary", "Accept-Language");
    }

    /// The explanations of a request's applications, by the model that scored them. Throws
    /// [RequestRefused] when it cannot be used any more.
    List<JsonObject> of(ScoredRequest request, Language language) {
        var model = model(request);
        return request.applications().stream()
                .map(application -> ExplanationJson.of(application, model.explain(application), language))
                .toList();
    }

    /// Adds to the JSON of one of a request's applications its explanation, the probability that the same model
    /// computes now, whether the two probabilities are equal, and the names of the model's features that the
    /// application lacks.
    void addRecomputed(JsonObject json, ScoredApplication scored, ScoredRequest request, Language language) {
        var model = model(request);
        var application = scored.application();
        double probability = model.probability(application);
        json.with("recomputed_probability", probability)
                .with("equal", Double.compare(probability, scored.probability()) == 0);
        var missing = application.missing(model.manifest().schema());
        if (!missing.isEmpty()) {
            json.with(
                    "missing_features", missing.stream().map(Feature::fieldName).toList());
        }
        json.with("explanation", ExplanationJson.of(application, model.explain(application), language));
    }

    /// A repeat of the call does not bring a lost model back. That the store does not answer is another problem.
    private ScoringModel model(ScoredRequest request) {
        try {
            return models.of(request);
        } catch (UnusableModel e) {
            throw new RequestRefused(Problem.of(
                    409, "Conflict", "the model that answered cannot explain it any more: " + e.getMessage()));
        }
    }
}
