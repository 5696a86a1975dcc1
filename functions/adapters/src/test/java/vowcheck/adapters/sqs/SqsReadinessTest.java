package vowcheck.adapters.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import vowcheck.core.readiness.NotReady;
import vowcheck.core.readiness.ReadinessFinding;

class SqsReadinessTest {

    private static final SqsPredictionQueue.Urls URLS = new SqsPredictionQueue.Urls("waiting", "dead");

    private final InMemorySqs sqs = new InMemorySqs();
    private final SqsReadiness probe = new SqsReadiness(sqs, URLS);

    @Test
    void messagesAreCountedInBothQueues() {
        sqs.create("waiting");
        sqs.create("dead");
        sqs.sendMessage(send -> send.queueUrl("waiting").messageBody("1"));
        sqs.sendMessage(send -> send.queueUrl("waiting").messageBody("2"));
        sqs.sendMessage(send -> send.queueUrl("dead").messageBody("3"));

        assertThat(probe.look()).isEqualTo(new ReadinessFinding.QueueDepth(2, 1));
    }

    @Test
    void aMissingQueueIsNamed() {
        assertNotReady("of unlogged predictions does not exist");
        sqs.create("waiting");
        assertNotReady("of dead letters does not exist");
    }

    @Test
    void aQueueOutOfReachIsNoticed() {
        sqs.reachable(false);

        assertNotReady("of unlogged predictions does not answer, or refuses");
    }

    private void assertNotReady(String reason) {
        assertThatThrownBy(probe::look).isInstanceOf(NotReady.class).hasMessage(reason);
    }
}
