package vowcheck.infra.data;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;
import vowcheck.core.erasure.CopiesLifetime;
import vowcheck.infra.stage.Stage;

/// The queue of the predictions that PostgreSQL could not store when they were answered, and the dead-letter queue
/// of those that PostgreSQL refuses.
///
/// An outage dead-letters nothing: retention expires before the 1,000 receives are used up. The consumer itself
/// sends the predictions that PostgreSQL refuses to the dead-letter queue.
public final class UnloggedQueues extends Construct {
    /// The longest that SQS allows.
    private static final Duration RETENTION = Duration.days(CopiesLifetime.QUEUE.toDays());

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
                // SQS can redrive messages only from a dead-letter queue that a source queue names.
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetters)
                        .maxReceiveCount(ATTEMPTS)
                        .build())
                .build();
    }

    /// The predictions that wait to be stored.
    public IQueue waiting() {
        return waiting;
    }

    /// The predictions that PostgreSQL refuses.
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
