package vowcheck.core.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.ModelFixtures;

class ReloggingTest {

    private static final QueuedMessage UNREADABLE = new QueuedMessage("unreadable", "receipt", 1, "{}");

    private final InMemoryPredictions log = new InMemoryPredictions();
    private final InMemoryQueue queue = new InMemoryQueue();
    private final MovableClock clock = new MovableClock();
    private final Instant end = clock.instant().plus(Duration.ofMinutes(15));
    private final Relogging relogging = new Relogging(log, queue, new Random(42), this::timeLeft);

    @Test
    void aMessageThatIsDeliveredTwiceIsStoredOnce() {
        var request = request("u.1");
        var message = queue.message(request, 1);

        assertThat(relogging.relog(List.of(message)).stored()).containsExactly(request);
        assertThat(relogging.relog(List.of(message))).isEqualTo(new ReloggedBatch(List.of(request), List.of(), 0));
        assertThat(log.requests()).containsExactly(request);
    }

    @Test
    void inAnOutagePausesGrowUpToHalfAnHour() {
        log.reachable(false);

        for (int receives : new int[] {1, 2, 3, 8, 900}) {
            var message = queue.message(request("u.1"), receives);
            assertThat(relogging.relog(List.of(message)).postponed()).containsExactly(message);
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

        var relogged = relogging.relog(List.of(UNREADABLE, refused, queue.message(good, 1)));

        assertThat(relogged).isEqualTo(new ReloggedBatch(List.of(good), List.of(), 2));
        assertThat(queue.deadLetters()).containsExactly(UNREADABLE, refused);
    }

    @Test
    void whatIsStoredIsDeletedWhereItWaited() {
        var message = queue.message(request("u.1"), 1);

        relogging.relog(List.of(UNREADABLE, message));

        assertThat(queue.discarded()).containsExactly(message);
    }

    @Test
    void aMessageWhoseObjectIsGoneIsDoneIfItsRequestIsStored() {
        var stored = queue.message(request("u.stored"), 1);
        relogging.relog(List.of(stored));
        var lost = queue.message(request("u.lost"), 1);
        queue.lose(stored);
        queue.lose(lost);

        assertThat(relogging.relog(List.of(stored, lost))).isEqualTo(new ReloggedBatch(List.of(), List.of(), 1));
        assertThat(queue.deadLetters()).containsExactly(lost);
    }

    @Test
    void aMessageOfAnErasedRequestIsDone() {
        var erased = queue.message(request("u.erased"), 1);
        var lost = queue.message(request("u.gone"), 1);
        queue.lose(lost);
        log.bury(ClientName.CLERKS, new RequestId("u.erased"));
        log.bury(ClientName.CLERKS, new RequestId("u.gone"));

        assertThat(relogging.relog(List.of(erased, lost))).isEqualTo(new ReloggedBatch(List.of(), List.of(), 0));
        assertThat(log.requests()).isEmpty();
        assertThat(queue.deadLetters()).isEmpty();
        assertThat(queue.discarded()).containsExactly(erased);
    }

    @Test
    void aMessageStaysWhileTheDeadLetterQueueIsOutOfReach() {
        queue.reachable(false);

        assertThat(relogging.relog(List.of(UNREADABLE)))
                .isEqualTo(new ReloggedBatch(List.of(), List.of(UNREADABLE), 0));
    }

    @Test
    void onASlowDiskTheMessagesThatDoNotFitArePostponed() {
        log.takes(Duration.ofMinutes(4), clock);

        var relogged = relogging.relog(waiting(10));

        // After the second, 7 minutes are left, which are not ample.
        assertThat(relogged.stored()).hasSize(2);
        assertThat(relogged.postponed()).isEqualTo(waiting(10).subList(2, 10));
        assertThat(queue.pauses()).hasSize(8);
    }

    @Test
    void onAHealthyDiskAllFit() {
        log.takes(Duration.ofSeconds(80), clock);

        assertThat(relogging.relog(waiting(10)).stored()).hasSize(10);
    }

    @Test
    void withoutTimeLeftTheQueueIsNotAskedToPostpone() {
        log.reachable(false);
        log.takes(Duration.ofMinutes(15), clock);

        assertThat(relogging.relog(waiting(10))).isEqualTo(new ReloggedBatch(List.of(), waiting(10), 0));
        assertThat(queue.pauses()).isEmpty();
    }

    private Duration timeLeft() {
        var left = Duration.between(clock.instant(), end);
        return left.isPositive() ? left : Duration.ZERO;
    }

    private List<QueuedMessage> waiting(int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> queue.message(request("u." + i), 1))
                .toList();
    }

    private static ScoredRequest request(String id) {
        return new ScoredRequest(
                new RequestOrigin(new RequestId(id), Endpoint.SINGLE, Purpose.APPLICATION, ClientName.CLERKS),
                Instant.parse("2025-06-01T12:30:00Z"),
                ModelFixtures.identity("7"),
                List.of(new ScoredApplication(ModelFixtures.APPLICATION, 0.25)));
    }
}
