package vowcheck.infra;

import java.util.EnumMap;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.lambda.RelogHandler;

/// The predictions that were answered while PostgreSQL did not take them: a queue, and the function that stores
/// them when it does again.
public final class UnloggedPredictions extends Construct {
    /// As long as SQS keeps anything.
    private static final Duration RETENTION = Duration.days(14);

    /// The most that SQS allows: an outage of days must not look like a message that nobody can store.
    private static final int ATTEMPTS = 1000;

    /// AWS advises to hide a message for six times as long as its function may take.
    private static final int TIMEOUTS_HIDDEN = 6;

    private final Queue queue;
    private final Queue deadLetters;
    private final HandlerFunction relog;

    UnloggedPredictions(Construct scope, String id, HandlerFunction.Common common, ServiceStack.Parts parts) {
        super(scope, id);
        var retrySeconds = parts.stage().unloggedRetry().toSeconds();
        deadLetters = queue("DeadLetters", parts.stage()).build();
        queue = queue("Queue", parts.stage())
                .visibilityTimeout(Duration.seconds(retrySeconds))
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetters)
                        .maxReceiveCount(ATTEMPTS)
                        .build())
                .build();
        var secret = parts.database().secret(DatabaseRole.SCORING);
        var settings = new EnumMap<Setting, String>(parts.database().settings());
        settings.put(Setting.DATABASE_SECRET, secret.getSecretArn());
        settings.put(Setting.MODEL_BUCKET, parts.models().bucket().getBucketName());
        relog = new HandlerFunction(
                this,
                "Relog",
                common,
                new HandlerFunction.Props(
                        "relog",
                        RelogHandler.class,
                        "Stores the predictions that PostgreSQL did not take at once",
                        Duration.seconds(retrySeconds / TIMEOUTS_HIDDEN),
                        List.of(parts.network()),
                        settings));
        secret.grantRead(relog.function());
        parts.models().grantUnloggedReads(relog.function());
        relog.live()
                .addEventSource(SqsEventSource.Builder.create(queue)
                        .batchSize(10)
                        // A database that just came back is not to be met by a crowd.
                        .maxConcurrency(2)
                        .reportBatchItemFailures(true)
                        .build());
    }

    /// Where to leave a prediction.
    public IQueue queue() {
        return queue;
    }

    /// What could not be stored in [#ATTEMPTS] attempts.
    public IQueue deadLetters() {
        return deadLetters;
    }

    /// The function that stores them.
    public HandlerFunction relog() {
        return relog;
    }

    private Queue.Builder queue(String id, Stage stage) {
        return Queue.Builder.create(this, id)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(RETENTION)
                .removalPolicy(stage.dataRemoval());
    }
}
