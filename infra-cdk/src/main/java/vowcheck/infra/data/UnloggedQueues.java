package vowcheck.infra.data;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;
import vowcheck.infra.stage.Stage;

/// Where the predictions wait that were answered while PostgreSQL did not take them, and where those end that
/// PostgreSQL refuses.
///
/// An outage moves nothing: as often as a message may be tried, it is kept no longer. Whoever stores them sends
/// what is refused to the dead letters.
public final class UnloggedQueues extends Construct {
    /// As long as SQS keeps anything.
    private static final Duration RETENTION = Duration.days(14);

    /// The most that SQS allows.
    private static final int ATTEMPTS = 1000;

    private final Queue waiting;
    private final Queue deadLetters;

    public UnloggedQueues(Construct scope, String id, Stage stage) {
        super(scope, id);
        deadLetters = queue("DeadLetters", stage, "unlogged-dead-letters").build();
        waiting = queue("Queue", stage, "unlogged")
                .visibilityTimeout(
                        Duration.seconds(stage.scoring().unloggedRetry().toSeconds()))
                // Names the dead letters as this queue's own: SQS moves back only what has a queue to go to.
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetters)
                        .maxReceiveCount(ATTEMPTS)
                        .build())
                .build();
    }

    /// What waits to be stored.
    public IQueue waiting() {
        return waiting;
    }

    /// What PostgreSQL refuses.
    public IQueue deadLetters() {
        return deadLetters;
    }

    private Queue.Builder queue(String id, Stage stage, String name) {
        return Queue.Builder.create(this, id)
                .queueName(stage.resourceName(name))
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(RETENTION)
                .removalPolicy(stage.dataRemoval());
    }
}
