package vowcheck.infra.observation;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// The dead-letter queue of EventBridge's rules: events that EventBridge could not hand to their target, after it has
/// tried for a day or at once where it may not. A target that was reached and then failed is not here, but among its
/// own errors.
public final class UndeliveredEvents extends Construct {
    /// The longest that SQS allows.
    private static final Duration RETENTION = Duration.days(14);

    private final Queue queue;

    public UndeliveredEvents(Construct scope, String id, Stage stage) {
        super(scope, id);
        queue = Queue.Builder.create(this, "Queue")
                .queueName(stage.resourceName("undelivered-events"))
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(RETENTION)
                .build();
        Nag.accept(queue, "AwsSolutions-SQS3", "It is itself a dead-letter queue, that of rules");
    }

    /// The queue; each rule's target names it.
    public IQueue queue() {
        return queue;
    }
}
