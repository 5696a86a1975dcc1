package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.scoring.PredictionAudit;
import vowcheck.core.scoring.Scoring;
import vowcheck.lambda.http.ApiRequest;

/// How the limits of one request fit each other. Those of functions, API and queue are compared with them where they
/// are set, in the CDK app's tests.
class LimitsTest {

    /// Such as -1.17549435E-38.
    private static final int LONGEST_NUMBER = 15;

    @Test
    void theTimeForStoringGrowsWithTheRowsUpToTheLargestBatch() {
        var limit = Wiring.DATABASE_LIMIT;

        assertThat(limit.of(1)).isEqualTo(limit.base());
        assertThat(limit.of(Scoring.MOST_INSTANCES))
                .isEqualTo(limit.of(Scoring.MOST_INSTANCES - 1).plus(limit.perRow()))
                .isLessThanOrEqualTo(limit.most());
    }

    /// Each number as long as a float32 can be, and each with the longest id of a loan.
    @Test
    void theLargestBatchFitsIntoABody() {
        var feature = ", \"%s\": " + "1".repeat(LONGEST_NUMBER);
        var application = FeatureSchema.CURRENT.fieldNames().stream()
                .map(feature::formatted)
                .collect(Collectors.joining("", "{\"loan_id\": \"" + "L".repeat(64) + "\"", "}, "));

        assertThat(application.length() * Scoring.MOST_INSTANCES).isLessThan(ApiRequest.MOST_BODY_CHARACTERS);
    }

    @Test
    void aPageOfStoredPredictionsCanBeExplained() {
        assertThat(PredictionAudit.PAGE).isLessThanOrEqualTo(Explanations.MOST_INSTANCES);
    }

    /// Lambda's limit for an answer is that for a request.
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void theMostExplanationsFitIntoAnAnswer(String language) {
        var service = new ServiceInMemory();
        service.models.promote(
                ModelBundle.open(BaselineBundle.manifest(), BaselineBundle.model(), FeatureSchema.CURRENT)
                        .scoringModel());
        var application = Events.text("request_1.json");
        var event = ServiceInMemory.sample()
                .withResource("/batch_predict")
                .withQueryStringParameters(Map.of("explain", "true"))
                .withBody("{\"instances\": [%s]}"
                        .formatted(String.join(",", Collections.nCopies(Explanations.MOST_INSTANCES, application))));
        event.getHeaders().put("Accept-Language", language);

        var answer = service.answer(event);

        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(200);
        assertThat(answer.getBody().length()).isLessThan(ApiRequest.MOST_BODY_CHARACTERS / 2);
    }

    /// Otherwise one row of a client that waits could have less time than the same row from the queue.
    @Test
    void relogGivesEveryNumberOfRowsMoreTimeThanAClientWaits() {
        var relog = Wiring.relogLimit(Duration.ofMinutes(14));

        assertThat(relog.base()).isGreaterThan(Wiring.DATABASE_LIMIT.base());
        assertThat(relog.perRow()).isGreaterThan(Wiring.DATABASE_LIMIT.perRow());
    }
}
