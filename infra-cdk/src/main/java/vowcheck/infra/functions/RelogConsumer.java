package vowcheck.infra.functions;

import java.util.EnumMap;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.ServiceStack;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.RelogHandler;

/// The function that stores the predictions that were answered while PostgreSQL did not take them.
public final class RelogConsumer extends Construct {
    /// AWS advises to hide a message for six times as long as its function may take.
    private static final int TIMEOUTS_HIDDEN = 6;

    private final HandlerFunction relog;

    public RelogConsumer(Construct scope, String id, HandlerFunction.Common common, ServiceStack.Parts parts) {
        super(scope, id);
        var queues = parts.unlogged();
        var settings = new EnumMap<Setting, String>(
                parts.database().settings(HandlerFunction.CODE_FOLDER, DatabaseRole.SCORING));
        settings.put(Setting.STAGE, parts.stage().name());
        settings.put(Setting.MODEL_BUCKET, parts.models().bucket().getBucketName());
        settings.put(Setting.UNLOGGED_QUEUE_URL, queues.waiting().getQueueUrl());
        settings.put(
                Setting.UNLOGGED_DEAD_LETTER_QUEUE_URL, queues.deadLetters().getQueueUrl());
        relog = new HandlerFunction(
                this,
                "Relog",
                common,
                new HandlerFunction.Props(
                        "relog",
                        RelogHandler.class,
                        "Stores the predictions that PostgreSQL did not take at once",
                        Duration.seconds(parts.stage().unloggedRetry().toSeconds() / TIMEOUTS_HIDDEN),
                        List.of(parts.network()),
                        settings));
        parts.database().grantLogin(DatabaseRole.SCORING, relog.function());
        parts.models().grantUnloggedReads(relog.function());
        queues.deadLetters().grantSendMessages(relog.function());
        relog.live()
                .addEventSource(SqsEventSource.Builder.create(queues.waiting())
                        .batchSize(10)
                        // A database that just came back is not to be met by a crowd.
                        .maxConcurrency(2)
                        .reportBatchItemFailures(true)
                        .build());
    }

    /// The function that stores them.
    public HandlerFunction relog() {
        return relog;
    }
}
