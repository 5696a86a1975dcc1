package vowcheck.infra.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ecs.ICluster;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.SfnStateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;
import vowcheck.adapters.deployment.DriftEvent;
import vowcheck.adapters.settings.Setting;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.core.workflow.WorkflowStep;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.observation.Notifications;
import vowcheck.infra.observation.UndeliveredEvents;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.infra.programs.MlflowAccess;
import vowcheck.infra.stage.Stage;
import vowcheck.lambda.WorkflowStepHandler;

/// Trains a model in a container, promotes it if it is better than the model in production, runs a smoke
/// test, and notifies people of the result: once a month, on drift, and on demand.
///
/// Its output is `{"cutoff","reason","search","execution","promotion":{…},"smoke":{…}}`, or
/// `{"cutoff","reason","search","execution","duplicate_of","message"}` where another execution trains for the same
/// cause. A failed execution has the error and the cause that people are notified of.
public final class TrainingWorkflow extends Construct {
    private static final Duration FUNCTION_TIMEOUT = Duration.minutes(2);

    /// What an execution may take beside its waits. No state catches its time-out; only the alarm notifies people of
    /// it.
    static final Duration TIMEOUT = Duration.hours(1);

    private final HandlerFunction promotion;
    private final StateMachine machine;
    private final Stage stage;

    /// What the workflow is made of and works on.
    ///
    /// @param imageFolder where the training container's Dockerfile is
    /// @param scoring the function that the smoke test invokes
    public record Props(
            Stage stage,
            String imageFolder,
            ICluster cluster,
            Network network,
            DatabaseServer database,
            ModelBucket models,
            MlflowAccess mlflow,
            HandlerFunction scoring,
            Notifications notifications,
            UndeliveredEvents undelivered) {}

    public TrainingWorkflow(Construct scope, String id, HandlerFunction.Common common, Props props) {
        super(scope, id);
        stage = props.stage();
        promotion = promotion(common, props);
        var task = new TrainingTask(
                this,
                "Training",
                new TrainingTask.Props(
                        props.stage(),
                        props.imageFolder(),
                        props.network(),
                        props.database(),
                        props.models(),
                        props.mlflow()));
        var states = new TrainingStates(this, props, promotion, task.task());
        machine = new WorkflowMachine(this, "Workflow", stage, Execution.TRAINING, timeout(), states.first()).machine();
        props.notifications().grantPublish(machine);
        // Without MLflow, each of them would only fail.
        boolean trains = stage.tracking().state() == Stage.Tracking.UP;
        Rule.Builder.create(this, "Monthly")
                .ruleName(stage.resourceName("monthly-training"))
                .description("Trains a model on the first of each month, at one o'clock UTC")
                .enabled(trains)
                // An hour after that day's drift check, since a training that it starts holds the lock.
                .schedule(Schedule.expression("cron(0 1 1 * ? *)"))
                .targets(List.of(SfnStateMachine.Builder.create(machine)
                        .deadLetterQueue(props.undelivered().queue())
                        .input(RuleTargetInput.fromObject(new TreeMap<>(Map.of(
                                WorkflowField.REASON, "monthly", WorkflowField.SCHEDULED_AT, EventField.getTime()))))
                        .build()))
                .build();
        Rule.Builder.create(this, "OnDrift")
                .ruleName(stage.resourceName("training-on-drift"))
                .description("Trains a model when drift was detected")
                .enabled(trains)
                .eventPattern(EventPattern.builder()
                        .source(List.of(DriftEvent.SOURCE))
                        .detailType(List.of(DriftEvent.DETAIL_TYPE))
                        .detail(Map.of(DriftEvent.STAGE, List.of(stage.name())))
                        .build())
                .targets(List.of(SfnStateMachine.Builder.create(machine)
                        .deadLetterQueue(props.undelivered().queue())
                        .input(RuleTargetInput.fromEventPath("$.detail"))
                        .build()))
                .build();
        EndedExecutions.restore(
                this,
                stage,
                "training-ended",
                "Rolls back the promotion of a training that ended before the promotion was confirmed",
                machine,
                promotion,
                WorkflowStep.RESTORE,
                props.undelivered());
    }

    /// The beginning may wait for the end of a replay, then a person is asked, and what was approved may wait for the
    /// lock.
    private Duration timeout() {
        var lock = Retries.lockWait();
        return Duration.seconds(TIMEOUT.plus(lock).plus(lock).toSeconds().longValue()
                + stage.training().approvalWait().toSeconds());
    }

    /// The workflow; its input is `{"cutoff":"YYYY-MM-DD","reason":"…","search":"2 minutes","approval":true}`, and
    /// all fields are optional: `search` has the training search for a recipe, for some minutes or such as
    /// `12 trials`, and `approval` has a person approve a promotion also where the stage does not require it.
    /// A rule adds what it starts the training for: `drift_report`, `scheduled_at` or both, a time each; a
    /// replay adds `replay`.
    public StateMachine machine() {
        return machine;
    }

    /// The function of every step except the training.
    public HandlerFunction promotion() {
        return promotion;
    }

    private HandlerFunction promotion(HandlerFunction.Common common, Props props) {
        var function = new HandlerFunction(
                this,
                "Promotion",
                common,
                new HandlerFunction.Props(
                        "promotion",
                        WorkflowStepHandler.class,
                        WorkflowStepHandler.SETTINGS,
                        "The steps of the training workflow and of its replay",
                        FUNCTION_TIMEOUT,
                        List.of(props.network()),
                        // Executions that begin at the same time, and the rules for those that ended.
                        HandlerFunction.Capacity.ofEnvironments(5),
                        HandlerFunction.Start.PLAIN));
        var scoring = props.scoring().live().getFunctionArn();
        function.worksAs(props.database(), DatabaseRole.PROMOTION);
        function.callsMlflow(props.mlflow());
        function.promotesModels(props.models());
        props.models().grantPromotion(function.grantee());
        function.set(Setting.SCORING_FUNCTION, scoring);
        function.set(Setting.PROMOTION_POLICY, stage.training().policy().name());
        function.may("lambda:InvokeFunction", scoring);
        // By their names: the machines themselves depend on this function.
        for (var workflow : List.of(Execution.TRAINING, Execution.REPLAY)) {
            function.may(
                    "states:DescribeExecution",
                    Stack.of(this)
                            .formatArn(ArnComponents.builder()
                                    .service("states")
                                    .resource("execution")
                                    .resourceName(stage.resourceName(workflow) + ":*")
                                    .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                                    .build()));
        }
        return function;
    }
}
