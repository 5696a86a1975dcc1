package vowcheck.adapters.bundle;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ReviewMetrics;
import vowcheck.core.model.TestMetrics;

/// Metrics as JSON. The names are also those in MLflow. Manifests of earlier releases have the first four only.
public final class TestMetricsJson {

    /// Also of a training's outcome and of the workflow's output.
    public static final String AVERAGE_PRECISION = "average_precision";

    /// The average precision of the recipe, fitted on rows without the people of the test rows.
    public static final String NEW_PEOPLE = AVERAGE_PRECISION + "_new_people";

    private static final String CALIBRATION_ERROR = "calibration_error";
    private static final String RECALL = "recall_at_review_capacity";
    private static final String LOSS = "expected_loss_eur";

    private TestMetricsJson() {}

    /// The metrics, each under its name; those that were not measured are left out.
    public static JsonObject write(TestMetrics metrics) {
        var json = new JsonObject()
                .with(AVERAGE_PRECISION, metrics.averagePrecision())
                .with("roc_auc", metrics.rocAuc())
                .with("brier_score", metrics.brierScore())
                .with("log_loss", metrics.logLoss());
        var review = metrics.review();
        if (review != null) {
            json.with(CALIBRATION_ERROR, review.calibrationError())
                    .with(RECALL, review.recallAtCapacity())
                    .with(LOSS, review.lossEur());
        }
        return json.withPresent(NEW_PEOPLE, Optional.ofNullable(metrics.averagePrecisionNewPeople()));
    }

    /// Throws the document's exception, which names the field that is missing or wrong.
    public static TestMetrics read(JsonDocument json) {
        return json.valid(() -> new TestMetrics(
                json.number(AVERAGE_PRECISION),
                json.number("roc_auc"),
                json.number("brier_score"),
                json.number("log_loss"),
                review(json),
                json.names().contains(NEW_PEOPLE) ? json.number(NEW_PEOPLE) : null));
    }

    private static @Nullable ReviewMetrics review(JsonDocument json) {
        return json.names().contains(CALIBRATION_ERROR)
                ? new ReviewMetrics(json.number(CALIBRATION_ERROR), json.number(RECALL), json.number(LOSS))
                : null;
    }
}
