package vowcheck.lambda;

import java.time.Instant;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelStore;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ShadowPointer;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.model.ShadowPointer.UnreadableShadow;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.ShadowComparison;
import vowcheck.core.scoring.ShadowScores;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;
import vowcheck.lambda.http.Problem;
import vowcheck.lambda.http.RequestRefused;

/// The operators' question which model is the shadow, and how it scores beside the one that answers.
final class ShadowReportCall {

    private final ModelStore models;
    private final ShadowScores scores;

    ShadowReportCall(ModelStore models, ShadowScores scores) {
        this.models = models;
        this.scores = scores;
    }

    ApiResponse answer(ApiRequest request, RequestId requestId) {
        var body = switch (shadow()) {
            case NoShadow _ -> new JsonObject().with("status", "off");
            case UnreadableShadow shadow ->
                new JsonObject().with("status", "unreadable").with("fault", shadow.fault());
            case NamedShadow shadow ->
                ShadowJson.add(new JsonObject().with("status", "on"), shadow)
                        .with("comparison", comparison(scores.of(shadow)));
        };
        return ApiResponse.json(200, body).with("Cache-Control", "no-store");
    }

    /// Operators see the reason, which concerns only the pointer. A retry cannot help.
    private ShadowPointer shadow() {
        try {
            return models.serving().shadow();
        } catch (UnusableModel e) {
            throw new RequestRefused(Problem.of(409, "Conflict", String.valueOf(e.getMessage())));
        }
    }

    private static JsonObject comparison(ShadowComparison comparison) {
        var json = new JsonObject()
                .with("rows", comparison.rows())
                .withPresent("since", comparison.since().map(Instant::toString))
                .with("scored", comparison.scored());
        if (comparison.scored() == 0) {
            return json;
        }
        json.with(
                        "answered_by",
                        comparison.answeredBy().stream()
                                .map(ModelVersion::value)
                                .toList())
                .with("answered", scores(comparison.answered()))
                .with("shadow", scores(comparison.shadow()))
                .with("top", comparison.top())
                .with("in_both_tops", comparison.inBothTops());
        comparison.rankCorrelation().ifPresent(correlation -> json.with("rank_correlation", correlation));
        return json;
    }

    private static JsonObject scores(ShadowComparison.Scores scores) {
        var quantiles = new JsonObject();
        for (int quantile = 0; quantile < scores.quantiles().size(); quantile++) {
            quantiles.with(
                    String.valueOf(ShadowComparison.QUANTILES.get(quantile)),
                    scores.quantiles().get(quantile));
        }
        return new JsonObject().with("mean", scores.mean()).with("quantiles", quantiles);
    }
}
