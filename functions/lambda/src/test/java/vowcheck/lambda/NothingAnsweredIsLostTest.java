package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.adapters.aws.AwsOnLoopback;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.postgres.TestDatabase;
import vowcheck.adapters.sqs.ScoredRequestJson;
import vowcheck.core.features.FeatureSchema;

/// The scoring function in its own JVM, which loses its database and its queue, or is killed. PostgreSQL writes
/// durably; it and the function are killed by SIGKILL.
class NothingAnsweredIsLostTest {

    private static final String EVENT = Events.text("scoring_handler.json");

    /// After an outage the circuit breaker stays open, and the queue takes the rows, for at most a minute.
    private static final int MOST_ATTEMPTS = 240;

    private static final Duration PAUSE = Duration.ofMillis(250);

    @TempDir
    private Path folder;

    private TestDatabase database;
    private AwsOnLoopback aws;

    @BeforeEach
    void aModelIsInProduction() throws Exception {
        database = TestDatabase.migrated();
        aws = new AwsOnLoopback();
        aws.promote("7");
    }

    @AfterEach
    void stop() throws Exception {
        aws.close();
        database.close();
    }

    @Test
    void withoutDatabaseAndQueueNothingIsAnsweredUntilOneIsBack() throws Exception {
        var server = database.processes();
        var answered = new HashSet<String>();
        try (var function = FunctionProcess.started(folder, aws, database.address())) {
            answered.add(requestId(scored(function)));
            server.kill();
            aws.queueReachable(false);
            for (int i = 0; i < 3; i++) {
                assertUnavailable(response(function.answer(EVENT)));
            }

            aws.queueReachable(true);
            answered.add(requestId(scored(function)));
            assertThat(aws.messages()).hasSize(1);
            server.start();
            for (int attempt = 0; attempt < MOST_ATTEMPTS && rows() < 2; attempt++) {
                answered.add(requestId(scored(function)));
                Thread.sleep(PAUSE);
            }
        }

        assertThat(rows()).isEqualTo(2);
        assertThat(stored()).isEqualTo(answered);
    }

    @Test
    void aPredictionThatTheDatabaseForbidsToStoreWaitsInTheQueue() throws Exception {
        var answered = new HashSet<String>();
        try (var function = FunctionProcess.started(folder, aws, database.address())) {
            answered.add(requestId(scored(function)));
            database.execute("REVOKE INSERT ON predictions FROM scoring");
            answered.add(requestId(scored(function)));
            assertUnavailable(response(function.answer(keyed())));
            database.execute("GRANT INSERT ON predictions TO scoring");
            for (int attempt = 0; attempt < MOST_ATTEMPTS && rows() < 2; attempt++) {
                answered.add(requestId(scored(function)));
                Thread.sleep(PAUSE);
            }
        }

        assertThat(rows()).isEqualTo(2);
        assertThat(stored()).isEqualTo(answered);
    }

    @Test
    void theAnswerOfAKilledFunctionIsStoredAndAnotherFunctionRepeatsIt() throws Exception {
        var event = keyed();
        try (var function = FunctionProcess.started(folder, aws, database.address())) {
            function.killBeforeAnswering(event);
        }
        assertThat(rows()).isEqualTo(1);

        try (var another = FunctionProcess.started(folder, aws, database.address())) {
            var answer = response(another.answer(event));

            assertThat(answer.getStatusCode()).isEqualTo(200);
            assertThat(answer.getHeaders()).containsEntry("Idempotency-Replayed", "true");
            assertThat(JsonDocument.parse(answer.getBody()).number("probability"))
                    .isEqualTo(Double.parseDouble(database.ask("SELECT divorce_probability FROM prediction_logs")));
        }
        assertThat(rows()).isEqualTo(1);
    }

    private static void assertUnavailable(APIGatewayProxyResponseEvent answer) {
        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getHeaders())
                .containsKey("Retry-After")
                .containsEntry("Content-Type", "application/problem+json");
        assertThat(JsonDocument.parse(answer.getBody()).has("probability")).isFalse();
    }

    private static APIGatewayProxyResponseEvent scored(FunctionProcess function) throws InterruptedException {
        var answer = response(function.answer(EVENT));
        assertThat(answer.getStatusCode()).isEqualTo(200);
        return answer;
    }

    /// The ids of the requests in the database and in the queue.
    private Set<String> stored() throws Exception {
        var ids = new HashSet<>(Set.of(database.ask("SELECT string_agg(request_id, ' ') FROM prediction_logs")
                .split(" ", -1)));
        for (var message : aws.messages()) {
            ids.add(new ScoredRequestJson(FeatureSchema.CURRENT)
                    .read(JsonDocument.parse(message))
                    .requestId()
                    .value());
        }
        return ids;
    }

    private int rows() throws Exception {
        return Integer.parseInt(database.ask("SELECT count(*) FROM prediction_logs"));
    }

    private static String keyed() {
        var event = ServiceInMemory.sample();
        event.getHeaders().put("Idempotency-Key", "loan-4711-of-ada_lovelace");
        return Events.written(event, APIGatewayProxyRequestEvent.class);
    }

    private static String requestId(APIGatewayProxyResponseEvent answer) {
        return Objects.requireNonNull(answer.getHeaders().get("X-Request-Id"));
    }

    private static APIGatewayProxyResponseEvent response(String answer) {
        return Events.response(ServiceInMemory.sample(), answer);
    }
}
