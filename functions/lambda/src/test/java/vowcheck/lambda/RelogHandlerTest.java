package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.localstack.LambdaContext;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.s3.InMemoryS3;
import vowcheck.adapters.sqs.InMemorySqs;
import vowcheck.adapters.sqs.ScoredRequestJson;
import vowcheck.adapters.sqs.SqsPredictionQueue;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.scoring.InMemoryPredictions;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.scoring.Relogging;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.RelogMetrics;

class RelogHandlerTest {

    private static final String EVENT = Events.text("relog_handler.json");

    private final InMemoryPredictions log = new InMemoryPredictions();
    private final MovableClock clock = new MovableClock();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final StoringTime time = new StoringTime();
    private final RelogHandler handler = new RelogHandler(
            new Relogging(
                    log,
                    new SqsPredictionQueue(
                            new InMemorySqs(),
                            new SqsPredictionQueue.Urls("unlogged", "dead-letters"),
                            new InMemoryS3(),
                            "no-bucket",
                            FeatureSchema.CURRENT),
                    new Random(42),
                    time),
            new RelogMetrics(new MetricLog("test", new PrintStream(lines, true, StandardCharsets.UTF_8)), clock),
            time);

    @Test
    void theSampleEventsRowsAreStored() {
        var message =
                Events.parsed("relog_handler.json", SQSEvent.class).getRecords().getFirst();

        assertThat(Events.handled(handler, EVENT)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(log.requests())
                .containsExactly(
                        new ScoredRequestJson(FeatureSchema.CURRENT).read(JsonDocument.parse(message.getBody())));
    }

    @Test
    void aMessageThatCannotBeStoredStaysInTheQueue() {
        log.reachable(false);

        assertThat(Events.handled(handler, EVENT))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"0e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5b\"}]}");
    }

    @Test
    void storedRowsAreCountedWithTheirDelay() {
        clock.pass(Duration.ofDays(1));

        Events.handled(handler, EVENT);

        var request = log.requests().getFirst();
        var line = onlyLine();
        assertThat(line.get("Relogged").asInt()).isEqualTo(request.scored().size());
        assertThat(line.get("RelogDelay").asDouble())
                .isEqualTo(
                        Duration.between(request.timestamp(), clock.instant()).toMillis() / 1e3);
        assertThat(line.get("Postponed").asInt()).isZero();
        assertThat(line.get("DeadLettered").asInt()).isZero();
        assertThat(line.get("stage").asString()).isEqualTo("test");
        assertThat(line.get("aws_request_id").asString()).isEqualTo(Events.AWS_REQUEST_ID);
    }

    @Test
    void postponedAndDeadLetteredMessagesAreCounted() {
        Events.handled(handler, EVENT.replace("model_version", "no_version"));
        assertThat(onlyLine().get("DeadLettered").asInt()).isEqualTo(1);
        lines.reset();
        log.reachable(false);

        Events.handled(handler, EVENT);

        var line = onlyLine();
        assertThat(line.get("Postponed").asInt()).isEqualTo(1);
        assertThat(line.get("Relogged").asInt()).isZero();
        assertThat(line.has("RelogDelay")).isFalse();
    }

    /// Lambda would end the invocation without a word after 15 minutes; the alarm 'predictions wait' needs the metric.
    @Test
    void whereTheTimeRunsOutThePostponedMessagesAreCounted() {
        var record = JsonDocument.parse(EVENT).array("Records").getFirst();
        log.takes(Duration.ofMinutes(5), clock);

        var answer = Events.handled(
                handler,
                new JsonObject()
                        .with("Records", Collections.nCopies(10, record))
                        .json(),
                new TimedInvocation(clock, Duration.ofMinutes(15)));

        assertThat(onlyLine().get("Postponed").asInt()).isEqualTo(9);
        assertThat(JsonDocument.parse(answer).documents("batchItemFailures")).hasSize(9);
    }

    private JsonNode onlyLine() {
        var read =
                MetricLines.read(lines.toString(StandardCharsets.UTF_8).lines().toList());
        assertThat(read).hasSize(1);
        return read.getFirst();
    }

    /// An invocation that ends when its time is over on the clock.
    private static final class TimedInvocation extends LambdaContext {

        private final InstantSource clock;
        private final Instant end;

        TimedInvocation(InstantSource clock, Duration limit) {
            super(Events.AWS_REQUEST_ID);
            this.clock = clock;
            this.end = clock.instant().plus(limit);
        }

        @Override
        public int getRemainingTimeInMillis() {
            return Math.toIntExact(Duration.between(clock.instant(), end).toMillis());
        }
    }
}
