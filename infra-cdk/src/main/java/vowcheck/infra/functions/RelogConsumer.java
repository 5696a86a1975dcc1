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
import vowcheck.infra.data.UnloggedQueues;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.RelogHandler;

/// The function that stores the predictions that PostgreSQL could not store when they were made, and the queue that
/// invokes it.
public final class RelogConsumer extends Construct {
    /// AWS recommends a visibility timeout of six times the function's own.
    private static final int TIMEOUTS_HIDDEN = 6;

    private final HandlerFunction relog;

    /// What the function works on.
    public record Resources(Network network, DatabaseServer database, ModelBucket models, UnloggedQueues unlogged) {}

    public RelogConsumer(Construct scope, String id, HandlerFunction.Common common, Resources resources) {
        super(scope, id);
        var stage = common.stage();
        var queues = resources.unlogged();
        relog = new HandlerFunction(
                this,
                "Relog",
                common,
                new HandlerFunction.Props(
                        "relog",
                        RelogHandler.class,
                        RelogHandler.SETTINGS,
                        "Stores the predictions that PostgreSQL did not take at once",
                        Duration.seconds(stage.scoring().unloggedRetry().toSeconds() / TIMEOUTS_HIDDEN),
                        List.of(resources.network())));
        relog.set(Setting.STAGE, stage.name());
        relog.worksAs(resources.database(), DatabaseRole.SCORING);
        relog.storesUnlogged(queues, resources.models());
        relog.live()
                .addEventSource(SqsEventSource.Builder.create(queues.waiting())
                        .batchSize(10)
                        // A database that has just come back must not be overwhelmed.
                        .maxConcurrency(2)
                        .reportBatchItemFailures(true)
                        .build());
    }

    /// The function.
    public HandlerFunction function() {
        return relog;
    }
}
