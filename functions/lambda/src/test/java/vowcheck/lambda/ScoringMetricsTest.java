package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.scoring.CurrentModel;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.Scoring;
import vowcheck.core.scoring.ShadowScoring;
import vowcheck.core.scoring.SubmittedApplication;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.ScoringMetrics;

class ScoringMetricsTest {

    private static final String KEY = "0123456789abcdef";

    private final ServiceInMemory service = new ServiceInMemory();

    @BeforeEach
    void aModelIsInProduction() {
        service.models.promote(ModelFixtures.constant("7", 0.25));
    }

    @Test
    void anAnsweredApplicationIsOneLine() {
        var answer = service.predict(Map.of());

        var line = onlyLine();
        assertThat(line.get("Predictions").asInt()).isEqualTo(1);
        assertThat(line.get("ScoreHistogram").asDouble()).isCloseTo(0.25, within(1e-6));
        assertThat(line.get("Latency").asDouble()).isGreaterThanOrEqualTo(0);
        assertThat(line.get("ModelAge").asInt()).isEqualTo(31); // from 2025-05-01 to 2025-06-01
        assertThat(line.get("ModelRefused").asInt()).isZero();
        assertThat(texts(line))
                .isEqualTo(Map.of(
                        "stage", "test",
                        "endpoint", "single",
                        "purpose", "application",
                        "client", "clerks",
                        "model_version", "7",
                        "request_id", answer.getHeaders().get("X-Request-Id"),
                        "aws_request_id", Events.AWS_REQUEST_ID));
    }

    @Test
    void aBatchIsOneLineThatCountsItsScoresInBuckets() {
        service.answer(
                ServiceInMemory.sample().withResource("/batch_predict").withBody(Events.text("request_drift.json")));

        var line = onlyLine();
        assertThat(line.get("endpoint").asString()).isEqualTo("batch");
        assertThat(line.get("Predictions").asInt()).isEqualTo(1001);
        var scores = line.get("ScoreHistogram");
        assertThat(scores.at("/Counts/0").asInt()).isEqualTo(1001);
        assertThat(scores.at("/Values/0").asDouble()).isCloseTo(0.25, within(0.01));
        assertThat(scores.get("Count").asInt()).isEqualTo(1001);
        assertThat(scores.get("Sum").asDouble()).isCloseTo(1001 * 0.25, within(0.01));
    }

    @Test
    void aProbeIsNotCountedAsAPrediction() {
        var headers = new HashMap<>(ServiceInMemory.operator("right"));
        headers.put("X-Probe", "true");

        service.predict(headers);

        assertThat(onlyLine().propertyNames())
                .contains("Latency", "ModelAge")
                .doesNotContain("Predictions", "ScoreHistogram");
    }

    @Test
    void aRepeatedRequestIsCountedOnce() {
        service.predict(Map.of("Idempotency-Key", KEY));
        service.predict(Map.of("Idempotency-Key", KEY));

        var lines = MetricLines.read(service.metricLines());
        assertThat(lines).extracting(line -> line.get("request_id").asString()).containsOnly(KEY);
        assertThat(lines).extracting(line -> line.has("Predictions")).containsExactly(true, false);
    }

    @Test
    void aShadowIsMeasuredWhileThereIsOne() {
        service.predict(Map.of());
        service.models.publish(ModelFixtures.constant("8", 0.5));
        service.models.shadow(ModelFixtures.shadow("8"));
        service.clock.pass(ServiceInMemory.REFRESH_AGE.multipliedBy(2));
        service.predict(Map.of()); // begins to read the bundle
        service.predict(Map.of());

        var lines = MetricLines.read(service.metricLines());
        assertThat(lines.getFirst().propertyNames()).doesNotContain("ShadowLatency", "ShadowFailures");
        assertThat(lines.getLast().get("ShadowFailures").asInt()).isZero();
        assertThat(lines.getLast().get("ShadowLatency").asDouble()).isGreaterThanOrEqualTo(0);
        assertThat(lines.getLast().get("ScoreHistogram").asDouble()).isCloseTo(0.25, within(1e-6));
    }

    @Test
    void applicationsThatABrokenShadowDoesNotScoreAreCounted() {
        service.models.publishUnusable("8");
        service.models.shadow(ModelFixtures.shadow("8"));
        service.answer(
                ServiceInMemory.sample().withResource("/batch_predict").withBody(Events.text("request_drift.json")));

        var line = onlyLine();
        assertThat(line.get("ShadowFailures").asInt()).isEqualTo(1001);
        assertThat(line.has("ShadowLatency")).isFalse();
        assertThat(line.get("Predictions").asInt()).isEqualTo(1001);
    }

    @Test
    void rowsThatGoToTheQueueAreCounted() {
        service.log.reachable(false);

        service.predict(Map.of());

        var lines = MetricLines.read(service.metricLines());
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().get("Unlogged").asInt()).isEqualTo(1);
        assertThat(lines.getLast().get("Predictions").asInt()).isEqualTo(1);
    }

    @Test
    void aRefusedRequestIsCountedByItsReason() {
        service.answer(ServiceInMemory.sample().withBody("{}"));
        service.answer(ServiceInMemory.sample().withBody("{"));
        service.answer(ServiceInMemory.sample().withResource("/elsewhere"));

        var lines = MetricLines.read(service.metricLines());
        assertThat(lines)
                .extracting(line -> line.get("reason").asString())
                .containsExactly("invalid", "malformed", "not_found");
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.get("Refused").asInt()).isEqualTo(1));
    }

    @Test
    void aModelThatCannotBeUsedIsReported() {
        service.predict(Map.of());
        service.models.promoteUnusable("8");
        service.clock.pass(ServiceInMemory.REFRESH_AGE.multipliedBy(2));

        service.predict(Map.of());

        assertThat(MetricLines.read(service.metricLines()))
                .extracting(line -> line.get("ModelRefused").asInt())
                .containsExactly(0, 1);
    }

    @Test
    void anEnvironmentWithoutAnyModelReportsItWithEachRefusedRequest() {
        service.models.promoteUnusable("8");

        service.predict(Map.of());
        service.models.withdraw();
        service.answer(ServiceInMemory.sample().withHttpMethod("GET").withResource("/model-info"));

        var lines = MetricLines.read(service.metricLines());
        assertThat(lines)
                .extracting(
                        line -> line.get("reason").asString(),
                        line -> line.get("ModelRefused").asInt())
                .containsExactly(tuple("unavailable", 1), tuple("unavailable", 1));
        assertThat(lines.getFirst().at("/_aws/CloudWatchMetrics").valueStream())
                .as("the alarm's metric has the dimension stage only")
                .anySatisfy(directive -> {
                    assertThat(directive.at("/Metrics/0/Name").asString()).isEqualTo("ModelRefused");
                    assertThat(directive.at("/Dimensions").toString()).isEqualTo("[[\"stage\"]]");
                });
    }

    @Test
    void aStoreOutOfReachIsNoRefusedModel() {
        service.models.reachable(false);

        service.predict(Map.of());

        assertThat(onlyLine().has("ModelRefused")).isFalse();
    }

    @Test
    void measuringNeverAsksTheStore() {
        var currentModel = new CurrentModel(service.models, ServiceInMemory.REFRESH_AGE, service.clock);
        var shadows = new ShadowScoring(service.models, ServiceInMemory.REFRESH_AGE, Runnable::run, service.clock);
        var scoring = new Scoring(currentModel, shadows, service.log, service.queue, service.clock);
        var metrics = new ScoringMetrics(MetricLog.DISCARDED, currentModel, service.clock);
        var origin = new RequestOrigin(RequestId.random(), Endpoint.SINGLE, Purpose.APPLICATION, ClientName.CLERKS);
        var answer = scoring.score(origin, List.of(new SubmittedApplication(ModelFixtures.APPLICATION)));
        service.models.promote(ModelFixtures.constant("8", 0.5));
        service.clock.pass(ServiceInMemory.REFRESH_AGE.multipliedBy(2));

        metrics.answered(answer, service.clock.instant());

        assertThat(currentModel.loaded().orElseThrow().manifest().version()).isEqualTo(new ModelVersion("7"));
    }

    private JsonNode onlyLine() {
        var lines = MetricLines.read(service.metricLines());
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private static Map<String, String> texts(JsonNode line) {
        var texts = new HashMap<String, String>();
        line.propertyStream()
                .filter(field -> field.getValue().isString())
                .forEach(field -> texts.put(field.getKey(), field.getValue().asString()));
        return texts;
    }
}
