package vowcheck.infra.functions;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.observation.UndeliveredEvents;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.DriftHandler;

/// Checks every day whether recent applicants still resemble those that the model was trained on. When they do not, it
/// sends the event that starts the training workflow.
public final class DriftMonitor extends Construct {
    private static final Duration TIMEOUT = Duration.minutes(5);

    private final HandlerFunction drift;

    /// What the check works on.
    public record Resources(
            Network network, DatabaseServer database, ModelBucket models, UndeliveredEvents undelivered) {}

    public DriftMonitor(Construct scope, String id, HandlerFunction.Common common, Resources resources) {
        super(scope, id);
        var stage = common.stage();
        drift = new HandlerFunction(
                this,
                "Drift",
                common,
                new HandlerFunction.Props(
                        "drift",
                        DriftHandler.class,
                        DriftHandler.SETTINGS,
                        "Compares the logged predictions with the model's reference distributions",
                        TIMEOUT,
                        List.of(resources.network())));
        drift.set(Setting.STAGE, stage.name());
        drift.set(Setting.PSI_THRESHOLD, String.valueOf(DriftPolicy.DEFAULT.threshold()));
        drift.set(Setting.DRIFT_MIN_SAMPLES, String.valueOf(DriftPolicy.DEFAULT.minSamples()));
        drift.worksAs(resources.database(), DatabaseRole.DRIFT);
        drift.readsModels(resources.models());
        EventBus.fromEventBusName(this, "DefaultBus", "default").grantPutEventsTo(drift.grantee());
        Rule.Builder.create(this, "Daily")
                .ruleName(stage.resourceName("daily-drift"))
                .description("Looks for drift at midnight UTC")
                .schedule(Schedule.expression("cron(0 0 * * ? *)"))
                .targets(List.of(LambdaFunction.Builder.create(drift.live())
                        .deadLetterQueue(resources.undelivered().queue())
                        .build()))
                .build();
    }

    /// The function that checks; of its event, it reads the time of the schedule.
    public HandlerFunction function() {
        return drift;
    }
}
