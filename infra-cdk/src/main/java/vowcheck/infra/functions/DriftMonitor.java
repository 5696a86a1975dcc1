package vowcheck.infra.functions;

import java.util.EnumMap;
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
import vowcheck.infra.ServiceStack;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.DriftHandler;

/// Looks each day whether today's applicants still resemble those that the model was trained on, and has it
/// trained anew where they do not.
public final class DriftMonitor extends Construct {
    private static final Duration TIMEOUT = Duration.minutes(5);

    /// From which population stability index on a feature has drifted.
    private static final String PSI_THRESHOLD = "0.05";

    /// Fewer predictions than this say nothing.
    private static final String MIN_SAMPLES = "1000";

    private final HandlerFunction drift;

    public DriftMonitor(
            Construct scope,
            String id,
            HandlerFunction.Common common,
            ServiceStack.Parts parts,
            StateMachine training) {
        super(scope, id);
        var settings = new EnumMap<Setting, String>(
                parts.database().settings(HandlerFunction.CODE_FOLDER, DatabaseRole.DRIFT));
        settings.put(Setting.MODEL_BUCKET, parts.models().bucket().getBucketName());
        settings.put(Setting.STAGE, parts.stage().name());
        settings.put(Setting.PSI_THRESHOLD, PSI_THRESHOLD);
        settings.put(Setting.DRIFT_MIN_SAMPLES, MIN_SAMPLES);
        drift = new HandlerFunction(
                this,
                "Drift",
                common,
                new HandlerFunction.Props(
                        "drift",
                        DriftHandler.class,
                        "Compares the logged predictions with the model's reference distributions",
                        TIMEOUT,
                        List.of(parts.network()),
                        settings));
        parts.database().grantLogin(DatabaseRole.DRIFT, drift.function());
        parts.models().grantModelReads(drift.function());
        EventBus.fromEventBusName(this, "DefaultBus", "default").grantPutEventsTo(drift.function());
        Rule.Builder.create(this, "Daily")
                .ruleName(parts.stage().resourceName("daily-drift"))
                .description("Looks for drift at midnight UTC")
                .schedule(Schedule.expression("cron(0 0 * * ? *)"))
                .targets(List.of(LambdaFunction.Builder.create(drift.live()).build()))
                .build();
        Rule.Builder.create(this, "Detected")
                .ruleName(parts.stage().resourceName("drift-detected"))
                .description("Trains a model when drift was detected")
                .eventPattern(EventPattern.builder()
                        .source(List.of(DriftEvent.SOURCE))
                        .detailType(List.of(DriftEvent.DETAIL_TYPE))
                        .build())
                .targets(List.of(SfnStateMachine.Builder.create(training)
                        .input(RuleTargetInput.fromEventPath("$.detail"))
                        .build()))
                .build();
    }

    /// The function that looks; its event is ignored.
    public HandlerFunction function() {
        return drift;
    }
}
