package vowcheck.infra.functions;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.events.targets.SfnStateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;
import vowcheck.adapters.deployment.DriftEvent;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.DriftHandler;

/// Checks every day whether recent applicants still resemble those that the model was trained on, and starts a
/// training when they do not.
public final class DriftMonitor extends Construct {
    private static final Duration TIMEOUT = Duration.minutes(5);

    /// A feature whose population stability index is above this has drifted.
    private static final String PSI_THRESHOLD = "0.05";

    /// Fewer predictions than this are not judged.
    private static final String MIN_SAMPLES = "1000";

    private final HandlerFunction drift;

    /// What the check works on.
    ///
    /// @param training the workflow that drift starts
    public record Resources(Network network, DatabaseServer database, ModelBucket models, StateMachine training) {}

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
        drift.set(Setting.PSI_THRESHOLD, PSI_THRESHOLD);
        drift.set(Setting.DRIFT_MIN_SAMPLES, MIN_SAMPLES);
        drift.worksAs(resources.database(), DatabaseRole.DRIFT);
        drift.readsModels(resources.models());
        EventBus.fromEventBusName(this, "DefaultBus", "default").grantPutEventsTo(drift.grantee());
        Rule.Builder.create(this, "Daily")
                .ruleName(stage.resourceName("daily-drift"))
                .description("Looks for drift at midnight UTC")
                .schedule(Schedule.expression("cron(0 0 * * ? *)"))
                .targets(List.of(LambdaFunction.Builder.create(drift.live()).build()))
                .build();
        Rule.Builder.create(this, "Detected")
                .ruleName(stage.resourceName("drift-detected"))
                .description("Trains a model when drift was detected")
                .eventPattern(EventPattern.builder()
                        .source(List.of(DriftEvent.SOURCE))
                        .detailType(List.of(DriftEvent.DETAIL_TYPE))
                        .build())
                .targets(List.of(SfnStateMachine.Builder.create(resources.training())
                        .input(RuleTargetInput.fromEventPath("$.detail"))
                        .build()))
                .build();
    }

    /// The function that checks; it ignores its event.
    public HandlerFunction function() {
        return drift;
    }
}
