package vowcheck.infra.functions;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.data.TombstoneSecret;
import vowcheck.infra.data.UnloggedQueues;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.RelogHandler;

/// The function that stores the predictions that PostgreSQL could not store when they were made, and the queue that
/// invokes it.
public final class RelogConsumer extends Construct {
    /// The longest that Lambda lets a function run: storing a batch may take so long on a slow disk.
    private static final java.time.Duration LONGEST_INVOCATION = java.time.Duration.ofMinutes(15);

    /// A database that has just come back must not be overwhelmed.
    private static final int MOST_AT_ONCE = 2;

    private final HandlerFunction relog;

    /// What the function works on.
    public record Resources(
            Network network,
            DatabaseServer database,
            ModelBucket models,
            UnloggedQueues unlogged,
            TombstoneSecret tombstones) {}

    public RelogConsumer(Construct scope, String id, HandlerFunction.Common common, Resources resources) {
        super(scope, id);
        var stage = common.stage();
        var queues = resources.unlogged();
        var timeout = timeout(stage.scoring().unloggedRetry());
        relog = new HandlerFunction(
                this,
                "Relog",
                common,
                new HandlerFunction.Props(
                        "relog",
                        RelogHandler.class,
                        RelogHandler.SETTINGS,
                        "Stores the predictions that PostgreSQL did not take at once",
                        Duration.seconds(timeout.toSeconds()),
                        List.of(resources.network()),
                        HandlerFunction.Capacity.ofEnvironments(MOST_AT_ONCE),
                        HandlerFunction.Start.PLAIN));
        relog.set(Setting.STAGE, stage.name());
        relog.worksAs(resources.database(), DatabaseRole.SCORING);
        relog.storesUnlogged(queues, resources.models());
        relog.readsSecret(Setting.TOMBSTONE_KEY_SECRET, resources.tombstones().key());
        relog.live()
                .addEventSource(SqsEventSource.Builder.create(queues.waiting())
                        .batchSize(10)
                        // With more, SQS would receive messages that nothing can take, and count the attempts.
                        .maxConcurrency(MOST_AT_ONCE)
                        .reportBatchItemFailures(true)
                        .build());
    }

    /// Shorter than the queue hides a message. AWS recommends a sixth, for functions whose invocations may be throttled
    /// meanwhile; no more than two of these run at a time, and a message that is delivered twice is stored once.
    private static java.time.Duration timeout(java.time.Duration hidden) {
        var shorter = hidden.multipliedBy(5).dividedBy(6);
        return shorter.compareTo(LONGEST_INVOCATION) < 0 ? shorter : LONGEST_INVOCATION;
    }

    /// The function.
    public HandlerFunction function() {
        return relog;
    }
}
