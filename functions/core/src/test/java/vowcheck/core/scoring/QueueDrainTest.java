package vowcheck.core.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.ModelFixtures;

class QueueDrainTest {

    private static final QueuedMessage UNREADABLE = new QueuedMessage("unreadable", "receipt", 1, "{}");

    private final InMemoryPredictions log = new InMemoryPredictions();
    private final InMemoryQueue queue = new InMemoryQueue();
    private final QueueDrain drain = new QueueDrain(log, queue, new Random(42));

    @Test
    void aMessageThatIsDeliveredTwiceIsStoredOnce() {
        var request = request("u.1");
        var message = queue.message(request, 1);

        assertThat(drain.drain(List.of(message)).stored()).containsExactly(request);
        assertThat(drain.drain(List.of(message))).isEqualTo(new DrainedBatch(List.of(request), List.of(), 0));
        assertThat(log.requests()).containsExactly(request);
    }

    @Test
    void inAnOutagePausesGrowUpToHalfAnHour() {
        log.reachable(false);

        for (int receives : new int[] {1, 2, 3, 8, 900}) {
            var message = queue.message(request("u.1"), receives);
            assertThat(drain.drain(List.of(message)).postponed()).containsExactly(message);
        }

        assertThat(queue.pauses()).isSorted();
        assertThat(queue.pauses().getFirst()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
        assertThat(queue.pauses().getLast()).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(30));
    }

    @Test
    void unreadableAndRefusedMessagesAreDeadLettersAndTheOthersAreStored() {
        var refused = queue.message(request("u.refused"), 1);
        var good = request("u.good");
        log.refuse(new RequestId("u.refused"));

        var drained = drain.drain(List.of(UNREADABLE, refused, queue.message(good, 1)));

        assertThat(drained).isEqualTo(new DrainedBatch(List.of(good), List.of(), 2));
        assertThat(queue.deadLetters()).containsExactly(UNREADABLE, refused);
    }

    @Test
    void aMessageStaysWhileTheDeadLetterQueueIsOutOfReach() {
        queue.reachable(false);

        assertThat(drain.drain(List.of(UNREADABLE))).isEqualTo(new DrainedBatch(List.of(), List.of(UNREADABLE), 0));
    }

    private static ScoredRequest request(String id) {
        return new ScoredRequest(
                new RequestOrigin(new RequestId(id), Endpoint.SINGLE, Purpose.APPLICATION, new ApiKeyId("clerks")),
                Instant.parse("2025-06-01T12:30:00Z"),
                ModelFixtures.identity("7"),
                List.of(new ScoredApplication(ModelFixtures.APPLICATION, 0.25)));
    }
}
