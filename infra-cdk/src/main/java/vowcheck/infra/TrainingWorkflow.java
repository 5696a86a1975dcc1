package vowcheck.infra;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ecs.ICluster;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.SfnStateMachine;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.stepfunctions.CatchProps;
import software.amazon.awscdk.services.stepfunctions.Choice;
import software.amazon.awscdk.services.stepfunctions.Condition;
import software.amazon.awscdk.services.stepfunctions.Fail;
import software.amazon.awscdk.services.stepfunctions.IChainable;
import software.amazon.awscdk.services.stepfunctions.IntegrationPattern;
import software.amazon.awscdk.services.stepfunctions.JsonPath;
import software.amazon.awscdk.services.stepfunctions.Pass;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.Succeed;
import software.amazon.awscdk.services.stepfunctions.TaskInput;
import software.amazon.awscdk.services.stepfunctions.Timeout;
import software.amazon.awscdk.services.stepfunctions.tasks.CallAwsService;
import software.amazon.awscdk.services.stepfunctions.tasks.ContainerOverride;
import software.amazon.awscdk.services.stepfunctions.tasks.EcsFargateLaunchTarget;
import software.amazon.awscdk.services.stepfunctions.tasks.EcsRunTask;
import software.amazon.awscdk.services.stepfunctions.tasks.LambdaInvoke;
import software.amazon.awscdk.services.stepfunctions.tasks.SnsPublish;
import software.amazon.awscdk.services.stepfunctions.tasks.TaskEnvironmentVariable;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.lambda.PromotionHandler;

/// Trains a model in a container, promotes it where it is better than the one in production, tries it out, and
/// tells what came of it: once a month, on drift, and when asked.
///
/// Its output is `{"cutoff","reason","execution","promotion":{…},"smoke":{…}}`; of a failure, the error and the
/// cause that people are notified of.
public final class TrainingWorkflow extends Construct {
    private static final String NAME = "training";
    private static final Duration FUNCTION_TIMEOUT = Duration.minutes(2);

    /// Later than the function's own, whose end is then known.
    private static final Duration STEP_TIMEOUT = Duration.seconds(150);

    private static final Duration TRAINING_TIMEOUT = Duration.minutes(30);
    private static final Duration CALL_TIMEOUT = Duration.seconds(30);

    /// No state catches this one: nobody is notified but by the alarm, and the next execution takes the lock
    /// over.
    private static final Duration TIMEOUT = Duration.hours(1);

    private final HandlerFunction promotion;
    private final StateMachine machine;
    private final Notifications notifications;
    private final Stage stage;

    /// What the workflow is made of and works on.
    record Props(
            ServiceStack.Parts parts,
            ICluster cluster,
            ExperimentTracking tracking,
            HandlerFunction scoring,
            Notifications notifications) {}

    TrainingWorkflow(Construct scope, String id, HandlerFunction.Common common, Props props) {
        super(scope, id);
        stage = props.parts().stage();
        notifications = props.notifications();
        promotion = promotion(common, props);
        var task = new TrainingTask(this, "Training", props.parts(), props.tracking());
        machine = new WorkflowMachine(this, "Workflow", stage, NAME, TIMEOUT, definition(task, props)).machine();
        notifications.grantPublish(machine);
        Rule.Builder.create(this, "Monthly")
                .ruleName(stage.resourceName("monthly-training"))
                .description("Trains a model on the first of each month")
                .schedule(Schedule.expression("cron(0 0 1 * ? *)"))
                .targets(List.of(SfnStateMachine.Builder.create(machine)
                        .input(RuleTargetInput.fromObject(Map.of("reason", "monthly")))
                        .build()))
                .build();
    }

    /// The workflow; its input is `{"cutoff":"YYYY-MM-DD","reason":"…"}`, and both may be absent.
    public StateMachine machine() {
        return machine;
    }

    /// The function of all of its steps but the training.
    public HandlerFunction promotion() {
        return promotion;
    }

    private HandlerFunction promotion(HandlerFunction.Common common, Props props) {
        var models = props.parts().models();
        var settings = new EnumMap<Setting, String>(props.tracking().settings());
        settings.put(Setting.MODEL_BUCKET, models.bucket().getBucketName());
        settings.put(Setting.SCORING_FUNCTION, props.scoring().live().getFunctionArn());
        var function = new HandlerFunction(
                this,
                "Promotion",
                common,
                new HandlerFunction.Props(
                        "promotion",
                        PromotionHandler.class,
                        "The training workflow's steps: begin, promote, smoke, release",
                        FUNCTION_TIMEOUT,
                        List.of(props.parts().network()),
                        settings));
        props.tracking().grantUse(function.function());
        models.grantModelReads(function.function());
        models.grantPointerWrites(function.function());
        models.grantPromotion(function.function());
        grant(function, "lambda:InvokeFunction", props.scoring().live().getFunctionArn());
        // By name: the machine itself depends on this function.
        grant(
                function,
                "states:DescribeExecution",
                Stack.of(this)
                        .formatArn(ArnComponents.builder()
                                .service("states")
                                .resource("execution")
                                .resourceName(stage.resourceName(NAME) + ":*")
                                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                                .build()));
        return function;
    }

    private IChainable definition(TrainingTask task, Props props) {
        var failed = failed();
        var done = Succeed.Builder.create(this, "Done").build();
        var release = step("Release", "release", "$$.Execution.Id", JsonPath.DISCARD);
        release.addRetry(Retries.anyFailure());
        var notify = publish(
                "Notify",
                "training finished",
                Map.of(
                        "execution", JsonPath.stringAt("$.execution"),
                        "cutoff", JsonPath.stringAt("$.cutoff"),
                        "reason", JsonPath.stringAt("$.reason"),
                        "promotion", JsonPath.objectAt("$.promotion")));
        // By now the decision is made and stands: what fails here shows in the output, and the next execution takes
        // over a lock that was left.
        release.addCatch(notify, all("$.release_failure"));
        notify.addCatch(done, all("$.notification_failure"));
        release.next(notify).next(done);

        var smoke = step("Smoke", "smoke", "$.execution", "$.smoke");
        smoke.addCatch(failure("Smoke", failed), all("$.failure"));
        smoke.next(release);

        var promote = step("Promote", "promote", "$.execution", "$.promotion");
        promote.addRetry(Retries.anyFailure());
        promote.addCatch(failure("Promote", failed), all("$.failure"));

        var train = train(task, props);
        train.addCatch(trainingFailure(props.parts().models(), failed), all("$.failure"));

        var begin = LambdaInvoke.Builder.create(this, "Begin")
                .lambdaFunction(promotion.live())
                .payloadResponseOnly(true)
                .retryOnServiceExceptions(false)
                .payload(TaskInput.fromObject(sorted(Map.of(
                        "step", "begin",
                        "execution", JsonPath.stringAt("$$.Execution.Id"),
                        "input", JsonPath.objectAt("$$.Execution.Input")))))
                .taskTimeout(Timeout.duration(STEP_TIMEOUT))
                .build();
        begin.addRetry(Retries.lambda());
        begin.addCatch(failure("Begin", failed), all("$.failure"));

        return begin.next(train)
                .next(promote)
                .next(Choice.Builder.create(this, "Promoted")
                        .build()
                        .when(Condition.stringEquals("$.promotion.decision", "promoted"), smoke)
                        .otherwise(release));
    }

    private EcsRunTask train(TrainingTask task, Props props) {
        var network = props.parts().network();
        var train = EcsRunTask.Builder.create(this, "Train")
                .integrationPattern(IntegrationPattern.RUN_JOB)
                .cluster(props.cluster())
                .taskDefinition(task.definition())
                .launchTarget(EcsFargateLaunchTarget.Builder.create().build())
                .subnets(network.privateSubnets())
                .securityGroups(List.of(network.workloads()))
                .assignPublicIp(false)
                .containerOverrides(List.of(ContainerOverride.builder()
                        .containerDefinition(task.container())
                        .environment(List.of(
                                variable(Setting.TRAINING_CUTOFF, "$.cutoff"),
                                variable(Setting.TRAINING_EXECUTION, "$.execution")))
                        .build()))
                .resultPath(JsonPath.DISCARD)
                .taskTimeout(Timeout.duration(TRAINING_TIMEOUT))
                .build();
        train.addRetry(Retries.capacity());
        return train;
    }

    /// A task says no more than its exit code. What it wrote down says why.
    private IChainable trainingFailure(ModelBucket models, IChainable failed) {
        var read = CallAwsService.Builder.create(this, "ReadTrainingFailure")
                .service("s3")
                .action("getObject")
                .parameters(sorted(Map.of(
                        "Bucket",
                        models.bucket().getBucketName(),
                        "Key",
                        JsonPath.format(
                                ModelBucket.TRAINING + "{}/failure.json", JsonPath.stringAt("$$.Execution.Name")))))
                .iamAction("s3:GetObject")
                .iamResources(List.of(models.bucket().arnForObjects(ModelBucket.TRAINING + "*")))
                .resultSelector(sorted(Map.of("object", JsonPath.stringToJson(JsonPath.stringAt("$.Body")))))
                .resultPath("$.written")
                .taskTimeout(Timeout.duration(CALL_TIMEOUT))
                .build();
        read.addRetry(Retries.reading());
        // Killed, it wrote nothing: then what ECS says is all there is.
        read.addCatch(failed, all("$.unwritten"));
        read.next(Pass.Builder.create(this, "TrainingFailureRead")
                        .parameters(sorted(Map.of(
                                "state", "Train",
                                "error", JsonPath.stringAt("$.failed.error"),
                                "cause", JsonPath.stringAt("$.written.object.error"))))
                        .resultPath("$.failed")
                        .build())
                .next(failed);
        return failure("Train", read);
    }

    /// Notes which state failed, and of what, and goes on with `next`.
    private IChainable failure(String state, IChainable next) {
        return Pass.Builder.create(this, state + "Failed")
                .parameters(sorted(Map.of(
                        "state", state,
                        "error", JsonPath.stringAt("$.failure.Error"),
                        "cause", JsonPath.stringAt("$.failure.Cause"))))
                .resultPath("$.failed")
                .build()
                .next(next);
    }

    /// The end of every failure: the lock released, people told.
    private IChainable failed() {
        var fail = Fail.Builder.create(this, "Failed")
                .errorPath("$.failed.error")
                .causePath("$.failed.cause")
                .build();
        var notify = publish(
                "NotifyFailure",
                "training failed",
                Map.of(
                        "execution", JsonPath.stringAt("$$.Execution.Name"),
                        "state", JsonPath.stringAt("$.failed.state"),
                        "error", JsonPath.stringAt("$.failed.error"),
                        "cause", JsonPath.stringAt("$.failed.cause")));
        notify.addCatch(fail, all("$.notification_failure"));
        notify.next(fail);
        var release = step("ReleaseAfterFailure", "release", "$$.Execution.Id", JsonPath.DISCARD);
        release.addRetry(Retries.anyFailure());
        release.addCatch(notify, all("$.release_failure"));
        release.next(notify);
        return release;
    }

    private LambdaInvoke step(String state, String step, String executionPath, String resultPath) {
        var invoke = LambdaInvoke.Builder.create(this, state)
                .lambdaFunction(promotion.live())
                .payloadResponseOnly(true)
                .retryOnServiceExceptions(false)
                .payload(TaskInput.fromObject(
                        sorted(Map.of("step", step, "execution", JsonPath.stringAt(executionPath)))))
                .resultPath(resultPath)
                .taskTimeout(Timeout.duration(STEP_TIMEOUT))
                .build();
        invoke.addRetry(Retries.lambda());
        return invoke;
    }

    private SnsPublish publish(String state, String subject, Map<String, Object> message) {
        var publish = SnsPublish.Builder.create(this, state)
                .topic(notifications.topic())
                .subject("vowcheck " + stage.name() + ": " + subject)
                .message(TaskInput.fromObject(sorted(message)))
                .resultPath(JsonPath.DISCARD)
                .taskTimeout(Timeout.duration(CALL_TIMEOUT))
                .build();
        publish.addRetry(Retries.anyFailure());
        return publish;
    }

    private static void grant(HandlerFunction function, String action, String resource) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(function.function())
                .actions(List.of(action))
                .resourceArns(List.of(resource))
                .build());
    }

    private static TaskEnvironmentVariable variable(Setting setting, String path) {
        return TaskEnvironmentVariable.builder()
                .name(setting.name())
                .value(JsonPath.stringAt(path))
                .build();
    }

    private static CatchProps all(String resultPath) {
        return CatchProps.builder()
                .errors(List.of("States.ALL"))
                .resultPath(resultPath)
                .build();
    }

    /// A map's own order differs between runs, and so would the definition.
    private static Map<String, Object> sorted(Map<String, ?> map) {
        return new TreeMap<>(map);
    }
}
