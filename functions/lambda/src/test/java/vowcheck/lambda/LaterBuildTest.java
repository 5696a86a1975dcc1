package vowcheck.lambda;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.postgres.Database;
import vowcheck.adapters.postgres.PostgresPredictionLog;
import vowcheck.adapters.postgres.TestDatabase;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.LaterBuild;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.scoring.InMemoryPredictions;
import vowcheck.core.scoring.MovableClock;
import vowcheck.lambda.observation.MetricLog;

/// The scoring function of a build that knows an eleventh feature, over PostgreSQL with a column for it: the golden
/// bundle of ten features, written before manifests listed them, serves, is explained and is audited.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaterBuildTest {

    private static final Duration REFRESH_AGE = Duration.ofSeconds(30);
    private static final Map<String, String> EXPLAIN = Map.of("explain", "true");

    private TestDatabase server;
    private Database scoring;
    private String formerRequest;
    private double formerProbability;
    private MovableClock clock;
    private InMemoryModelStore models;
    private ScoringHandler handler;

    @BeforeAll
    void aRowOfTheFormerBuild() throws IOException, SQLException {
        server = TestDatabase.migrated();
        scoring = server.as("scoring");
        build(FeatureSchema.CURRENT);
        var answer = answer(ServiceInMemory.sample());
        formerRequest = answer.document("headers").text("X-Request-Id");
        formerProbability = body(answer).number("probability");
        server.execute("ALTER TABLE predictions ADD COLUMN \"Household_Size\" REAL");
    }

    @AfterAll
    void stop() throws IOException {
        scoring.close();
        server.close();
    }

    @BeforeEach
    void theLaterBuild() throws IOException {
        build(LaterBuild.SCHEMA);
    }

    @Test
    void theGoldenBundleServesAndIsExplainedByItsTenFeatures() {
        for (var sent : new String[] {"", "\"Household_Size\": 3, "}) {
            var answer = answer(sample(sent).withQueryStringParameters(EXPLAIN));

            assertThat(answer.integer("statusCode")).as(answer.text("body")).isEqualTo(200);
            assertThat(body(answer).number("probability")).isEqualTo(formerProbability);
            var explanation = body(answer).document("explanation");
            assertThat(explanation.document("contributions").names())
                    .containsExactlyElementsOf(FeatureSchema.CONTRACT.fieldNames());
            assertThat(explanation.documents("reasons"))
                    .extracting(reason -> reason.text("feature"))
                    .isNotEmpty()
                    .doesNotContain("Household_Size");
        }
    }

    @Test
    void aRowOfTheFormerBuildIsAudited() {
        var prediction = audited(formerRequest);

        assertThat(prediction.number("probability")).isEqualTo(formerProbability);
        assertThat(prediction.number("recomputed_probability")).isEqualTo(formerProbability);
        assertThat(prediction.flag("equal")).isTrue();
        assertThat(prediction.document("features").names())
                .containsExactlyElementsOf(FeatureSchema.CONTRACT.fieldNames());
        assertThat(prediction.has("missing_features")).isFalse();
    }

    @Test
    void aNewFeatureThatIsSentIsStoredAndShown() throws SQLException {
        var answer = answer(sample("\"Household_Size\": 3, "));
        var requestId = answer.document("headers").text("X-Request-Id");

        var prediction = audited(requestId);

        assertThat(prediction.document("features").number("Household_Size")).isEqualTo(3);
        assertThat(prediction.flag("equal")).isTrue();
        assertThat(server.ask("""
                SELECT "Household_Size" FROM predictions JOIN scoring_requests ON id = scoring_request
                WHERE request_id = '%s'
                """.formatted(requestId))).isEqualTo("3");
    }

    @Test
    void aNewFeatureIsRequiredFromItsDayOn() {
        clock.pass(Duration.between(
                clock.instant(), LaterBuild.REQUIRED_SINCE.atStartOfDay().toInstant(ZoneOffset.UTC)));

        var answer = answer(ServiceInMemory.sample());

        assertThat(answer.integer("statusCode")).isEqualTo(422);
        assertThat(body(answer).documents("errors"))
                .singleElement()
                .satisfies(error -> assertThat(error.text("pointer")).isEqualTo("/Household_Size"));
        assertThat(answer(sample("\"Household_Size\": 3, ")).integer("statusCode"))
                .isEqualTo(200);
    }

    @Test
    void anAuditNamesTheFeaturesOfTheModelThatARowLacks() {
        models.promote(ModelFixtures.constant("11", 0.25, LaterBuild.SCHEMA));
        clock.pass(REFRESH_AGE.multipliedBy(2));
        var answer = answer(ServiceInMemory.sample());

        var prediction = audited(answer.document("headers").text("X-Request-Id"));

        assertThat(prediction.texts("missing_features")).containsExactly("Household_Size");
        assertThat(prediction.flag("equal")).isTrue();
        assertThat(prediction.document("explanation").document("contributions").names())
                .containsExactlyElementsOf(LaterBuild.SCHEMA.fieldNames());
    }

    private void build(FeatureSchema schema) throws IOException {
        clock = new MovableClock();
        models = new InMemoryModelStore();
        models.promote(
                ModelBundle.read(BaselineBundle.WITHOUT_FEATURE_LIST, schema).scoringModel());
        var ports = new ScoringService.Ports(
                models,
                new PostgresPredictionLog(scoring, schema, TestDatabase.TOMBSTONES),
                new InMemoryPredictions(),
                _ -> Optional.empty(),
                Map::of,
                shadow -> {
                    throw new AssertionError("not asked for");
                },
                Map.of(),
                MetricLog.DISCARDED,
                Runnable::run,
                clock);
        handler =
                new ScoringHandler(new ScoringService(ports, schema, REFRESH_AGE, new RequestIds(new SecureRandom())));
    }

    /// The only prediction of a stored request, recomputed.
    private JsonDocument audited(String requestId) {
        var answer = answer(ServiceInMemory.sample()
                .withHttpMethod("GET")
                .withResource("/predictions/{request_id}")
                .withPathParameters(Map.of("request_id", requestId))
                .withQueryStringParameters(EXPLAIN));
        assertThat(answer.integer("statusCode")).as(answer.text("body")).isEqualTo(200);
        return body(answer).documents("predictions").getFirst();
    }

    /// The sample application with more fields.
    private static APIGatewayProxyRequestEvent sample(String fields) {
        var sample = ServiceInMemory.sample();
        return sample.withBody(requireNonNull(sample.getBody()).replaceFirst("\\{", "{" + fields));
    }

    /// The answer as it is: the documentation of this build does not know the new feature.
    private JsonDocument answer(APIGatewayProxyRequestEvent request) {
        var event = Events.written(request, APIGatewayProxyRequestEvent.class);
        return JsonDocument.parse(Events.handled(handler, event));
    }

    private static JsonDocument body(JsonDocument answer) {
        return JsonDocument.parse(answer.text("body"));
    }
}
