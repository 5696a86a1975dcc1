package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.ScoredRequestJson;
import vowcheck.adapters.s3.InMemoryS3;
import vowcheck.adapters.sqs.InMemorySqs;
import vowcheck.adapters.sqs.Relog;
import vowcheck.core.scoring.InMemoryPredictions;

class RelogHandlerTest {

    private static final String EVENT = Events.text("relog_handler.json");

    private final InMemoryPredictions log = new InMemoryPredictions();
    private final RelogHandler handler = new RelogHandler(new Relog(
            log,
            new InMemoryS3(),
            "no-bucket",
            new InMemorySqs(),
            new Relog.Queues("unlogged", "dead-letters"),
            new Random(42)));

    @Test
    void theSampleEventsRowsAreStored() {
        var message =
                Events.parsed("relog_handler.json", SQSEvent.class).getRecords().getFirst();

        assertThat(Events.handled(handler, EVENT)).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(log.requests()).containsExactly(ScoredRequestJson.read(JsonDocument.parse(message.getBody())));
    }

    @Test
    void aMessageThatCannotBeStoredStaysInTheQueue() {
        log.reachable(false);

        assertThat(Events.handled(handler, EVENT))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"0e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5b\"}]}");
    }
}
