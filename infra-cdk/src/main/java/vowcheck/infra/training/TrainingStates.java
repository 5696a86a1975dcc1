package vowcheck.infra.training;

import static vowcheck.core.workflow.WorkflowField.ANSWER;
import static vowcheck.core.workflow.WorkflowField.APPROVAL_REQUIRED;
import static vowcheck.core.workflow.WorkflowField.APPROVED;
import static vowcheck.core.workflow.WorkflowField.AUTHOR;
import static vowcheck.core.workflow.WorkflowField.AWAITING_APPROVAL;
import static vowcheck.core.workflow.WorkflowField.AWAIT_APPROVAL_STATE;
import static vowcheck.core.workflow.WorkflowField.CAUSE;
import static vowcheck.core.workflow.WorkflowField.CUTOFF;
import static vowcheck.core.workflow.WorkflowField.DECISION;
import static vowcheck.core.workflow.WorkflowField.DUPLICATE_OF;
import static vowcheck.core.workflow.WorkflowField.ERROR;
import static vowcheck.core.workflow.WorkflowField.EXECUTION;
import static vowcheck.core.workflow.WorkflowField.NOTES;
import static vowcheck.core.workflow.WorkflowField.OPPONENT;
import static vowcheck.core.workflow.WorkflowField.PROMOTION;
import static vowcheck.core.workflow.WorkflowField.REASON;
import static vowcheck.core.workflow.WorkflowField.REPLAY;
import static vowcheck.core.workflow.WorkflowField.RESTORE_CAUSE;
import static vowcheck.core.workflow.WorkflowField.SEARCH;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.stepfunctions.CatchProps;
import software.amazon.awscdk.services.stepfunctions.Choice;
import software.amazon.awscdk.services.stepfunctions.Condition;
import software.amazon.awscdk.services.stepfunctions.Fail;
import software.amazon.awscdk.services.stepfunctions.IChainable;
import software.amazon.awscdk.services.stepfunctions.JsonPath;
import software.amazon.awscdk.services.stepfunctions.Pass;
import software.amazon.awscdk.services.stepfunctions.Succeed;
import software.amazon.awscdk.services.stepfunctions.TaskInput;
import software.amazon.awscdk.services.stepfunctions.Timeout;
import software.amazon.awscdk.services.stepfunctions.tasks.CallAwsService;
import software.amazon.awscdk.services.stepfunctions.tasks.EcsRunTask;
import software.amazon.awscdk.services.stepfunctions.tasks.LambdaInvoke;
import software.amazon.awscdk.services.stepfunctions.tasks.SnsPublish;
import software.constructs.Construct;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.settings.Setting;
import vowcheck.core.training.PromotionDecision.Verdict;
import vowcheck.core.workflow.ApprovalAnswer;
import vowcheck.core.workflow.WorkflowStep;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.programs.ContainerTask;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.infra.stage.Stage;

/// The states of the training workflow.
final class TrainingStates {
    /// Beside the failure: the answer of the step `restore`.
    private static final String RESTORED = "restored";

    private static final Duration TRAINING_TIMEOUT = Duration.minutes(30);
    private static final Duration CALL_TIMEOUT = Duration.seconds(30);

    private final Construct scope;
    private final TrainingWorkflow.Props props;
    private final HandlerFunction promotion;
    private final ContainerTask task;

    TrainingStates(Construct scope, TrainingWorkflow.Props props, HandlerFunction promotion, ContainerTask task) {
        this.scope = scope;
        this.props = props;
        this.promotion = promotion;
        this.task = task;
    }

    /// The state that an execution starts in. All other states are reached from it.
    IChainable first() {
        var failed = failed();
        var done = Succeed.Builder.create(scope, "Done").build();
        var release = step("Release", WorkflowStep.RELEASE, JsonPath.DISCARD);
        release.addRetry(Retries.anyFailure());
        var notify = publish(
                "Notify",
                "training finished",
                Map.of(
                        "execution",
                        JsonPath.stringAt("$." + EXECUTION),
                        "cutoff",
                        JsonPath.stringAt("$." + CUTOFF),
                        "reason",
                        JsonPath.stringAt("$." + REASON),
                        PROMOTION,
                        JsonPath.objectAt("$." + PROMOTION)));
        // The decision has been made and stands: a failure from here on appears in the output, and the next execution
        // takes over a lock that was not released.
        release.addCatch(notify, all("$.release_failure"));
        notify.addCatch(done, all("$.notification_failure"));
        release.next(notify).next(done);

        var smoke = step("Smoke", WorkflowStep.SMOKE, "$.smoke");
        smoke.addRetry(Retries.snapshot());
        smoke.addCatch(failure("Smoke", failed), all("$.failure"));
        smoke.next(release);

        var promote = StepTask.of(
                scope,
                "Promote",
                promotion,
                WorkflowStep.PROMOTE,
                Map.of(APPROVAL_REQUIRED, props.stage().training().approval() == Stage.Approval.REQUIRED),
                "$." + PROMOTION);
        promote.addRetry(Retries.anyFailure());
        promote.addCatch(failure("Promote", failed), all("$.failure"));

        var train = train();
        train.addCatch(trainingFailure(props.models(), failed), all("$.failure"));

        var begin = step("Begin", WorkflowStep.BEGIN, "$");
        begin.addRetry(Retries.replayed());
        begin.addCatch(failure("Begin", failed), all("$.failure"));

        train.next(promote)
                .next(Choice.Builder.create(scope, "Promoted")
                        .build()
                        .when(
                                Condition.stringEquals(
                                        "$." + PROMOTION + "." + DECISION, Verdict.PROMOTED.fieldValue()),
                                smoke)
                        .when(
                                Condition.stringEquals("$." + PROMOTION + "." + DECISION, AWAITING_APPROVAL),
                                approval(smoke, release, failed))
                        .otherwise(release));
        return begin.next(Choice.Builder.create(scope, "Duplicate")
                .build()
                // Nobody is notified: the execution that has the cause does that.
                .when(
                        Condition.isPresent("$." + DUPLICATE_OF),
                        Succeed.Builder.create(scope, "TrainedByAnother").build())
                .otherwise(train));
    }

    /// Waits for a person without the lock, so that other trainings run meanwhile. What was approved is compared with
    /// what is in production by then.
    private IChainable approval(IChainable smoke, IChainable release, IChainable failed) {
        var promote = answered("PromoteApproved", WorkflowStep.PROMOTE);
        promote.addRetry(Retries.locked());
        promote.addRetry(Retries.anyFailure());
        promote.addCatch(failure("PromoteApproved", failed), all("$.failure"));
        promote.next(Choice.Builder.create(scope, "PromotedWithApproval")
                .build()
                .when(Condition.stringEquals("$." + PROMOTION + "." + DECISION, Verdict.PROMOTED.fieldValue()), smoke)
                .otherwise(release));

        var refuse = answered("Refuse", WorkflowStep.REFUSE);
        refuse.addRetry(Retries.anyFailure());
        refuse.addCatch(failure("Refuse", failed), all("$.failure"));
        refuse.next(release);

        var expired = Pass.Builder.create(scope, "NobodyApproved")
                .parameters(sorted(Map.of(APPROVED, false, REASON, ApprovalAnswer.EXPIRED.reason())))
                .resultPath("$." + ANSWER)
                .build();
        expired.next(refuse);

        var timeout = Duration.seconds(props.stage().training().approvalWait().toSeconds());
        var await = StepTask.awaitingAnswer(
                scope, AWAIT_APPROVAL_STATE, promotion, WorkflowStep.AWAIT_APPROVAL, timeout, "$." + ANSWER);
        await.addCatch(
                expired,
                CatchProps.builder()
                        .errors(List.of("States.Timeout"))
                        .resultPath("$.unanswered")
                        .build());
        await.addCatch(failure(AWAIT_APPROVAL_STATE, failed), all("$.failure"));
        await.next(Choice.Builder.create(scope, "Approved")
                .build()
                .when(Condition.booleanEquals("$." + ANSWER + "." + APPROVED, true), promote)
                .otherwise(refuse));

        var ask = publish(
                "AskForApproval",
                "a model waits for approval",
                Map.of(
                        "execution",
                        JsonPath.stringAt("$." + EXECUTION),
                        "cutoff",
                        JsonPath.stringAt("$." + CUTOFF),
                        PROMOTION,
                        JsonPath.objectAt("$." + PROMOTION),
                        "how",
                        JsonPath.format(
                                "./vowcheck approve {} --stage " + props.stage().name()
                                        + " --reason TEXT, or the same with --reject; within "
                                        + props.stage()
                                                .training()
                                                .approvalWait()
                                                .toHours() + " hours",
                                JsonPath.stringAt("$." + PROMOTION + "." + ModelIdentityJson.VERSION))));
        // The training waits all the same, and ./vowcheck status shows it.
        ask.addCatch(await, all("$.notification_failure"));
        ask.next(await);

        var unlock = step("ReleaseWhileWaiting", WorkflowStep.RELEASE, JsonPath.DISCARD);
        unlock.addRetry(Retries.anyFailure());
        // The next training takes over a lock whose holder has ended; until this one has, others are refused.
        unlock.addCatch(ask, all("$.release_failure"));
        unlock.next(ask);
        return unlock;
    }

    /// A step that is told a person's answer.
    private LambdaInvoke answered(String state, WorkflowStep step) {
        return StepTask.of(
                scope, state, promotion, step, Map.of(ANSWER, JsonPath.objectAt("$." + ANSWER)), "$." + PROMOTION);
    }

    private EcsRunTask train() {
        var train = task.run(
                scope,
                "Train",
                props.cluster(),
                TRAINING_TIMEOUT,
                List.of(
                        ContainerTask.told(Setting.TRAINING_CUTOFF, "$." + CUTOFF),
                        ContainerTask.told(Setting.TRAINING_REASON, "$." + REASON),
                        ContainerTask.told(Setting.TRAINING_OPPONENT, "$." + OPPONENT),
                        ContainerTask.told(Setting.TRAINING_SEARCH, "$." + SEARCH),
                        ContainerTask.told(Setting.TRAINING_EXECUTION, "$." + EXECUTION),
                        ContainerTask.told(Setting.TRAINING_AUTHOR, "$." + AUTHOR),
                        ContainerTask.told(Setting.TRAINING_REPLAY, "$." + REPLAY)));
        train.addRetry(Retries.capacity());
        return train;
    }

    /// A task reports only its exit code. The object that it wrote states the cause.
    private IChainable trainingFailure(ModelBucket models, IChainable failed) {
        var read = CallAwsService.Builder.create(scope, "ReadTrainingFailure")
                .service("s3")
                .action("getObject")
                .parameters(sorted(Map.of(
                        "Bucket",
                        models.bucket().getBucketName(),
                        "Key",
                        JsonPath.format(BucketKeys.failure("{}"), JsonPath.stringAt("$$.Execution.Name")))))
                .iamAction("s3:GetObject")
                .iamResources(List.of(models.bucket().arnForObjects(BucketKeys.failure("*"))))
                .resultSelector(sorted(Map.of("object", JsonPath.stringToJson(JsonPath.stringAt("$.Body")))))
                .resultPath("$.written")
                .taskTimeout(Timeout.duration(CALL_TIMEOUT))
                .build();
        read.addRetry(Retries.reading());
        // A task that was killed wrote nothing: then the cause is what ECS reports.
        read.addCatch(failed, all("$.unwritten"));
        read.next(Pass.Builder.create(scope, "TrainingFailureRead")
                        .parameters(sorted(Map.of(
                                "state", "Train",
                                "error", JsonPath.stringAt("$.failed.error"),
                                "cause", JsonPath.stringAt("$.written.object." + ERROR))))
                        .resultPath("$.failed")
                        .build())
                .next(failed);
        return failure("Train", read);
    }

    /// Records which state failed and why, and continues with `next`.
    private IChainable failure(String state, IChainable next) {
        return Pass.Builder.create(scope, state + "Failed")
                .parameters(sorted(Map.of(
                        "state", state,
                        "error", JsonPath.stringAt("$.failure.Error"),
                        "cause", JsonPath.stringAt("$.failure.Cause"))))
                .resultPath("$.failed")
                .build()
                .next(next);
    }

    /// The end of every failure: the promotion is taken back, the lock is released, people are notified.
    private IChainable failed() {
        var fail = Fail.Builder.create(scope, "Failed")
                .errorPath("$.failed.error")
                .causePath("$.failed.cause")
                .build();
        var notify = publish(
                "NotifyFailure",
                "training failed",
                Map.of(
                        "execution",
                        JsonPath.stringAt("$$.Execution.Name"),
                        "state",
                        JsonPath.stringAt("$.failed.state"),
                        "error",
                        JsonPath.stringAt("$.failed.error"),
                        "cause",
                        JsonPath.stringAt("$.failed.cause"),
                        NOTES,
                        JsonPath.objectAt("$.failed." + RESTORED + "." + NOTES)));
        notify.addCatch(fail, all("$.notification_failure"));
        notify.next(fail);
        var restore = step("Restore", WorkflowStep.RESTORE, "$.failed." + RESTORED);
        restore.addRetry(Retries.anyFailure());
        restore.addCatch(restoreFailed(notify), all("$.restore_failure"));
        restore.next(notify);
        return restore;
    }

    /// Both causes become the cause of the execution, as JSON. The next execution takes the promotion back.
    private IChainable restoreFailed(IChainable next) {
        var causes = Pass.Builder.create(scope, "RestoreFailed")
                .parameters(sorted(Map.of(
                        CAUSE, JsonPath.stringAt("$.failed.cause"),
                        RESTORE_CAUSE, JsonPath.stringAt("$.restore_failure.Cause"))))
                .resultPath("$.causes")
                .build();
        causes.next(Pass.Builder.create(scope, "BothFailed")
                        .parameters(sorted(Map.of(
                                "state",
                                JsonPath.stringAt("$.failed.state"),
                                "error",
                                JsonPath.stringAt("$.failed.error"),
                                "cause",
                                JsonPath.jsonToString(JsonPath.objectAt("$.causes")),
                                // There is no answer of the step that has them.
                                RESTORED,
                                Map.of(NOTES, List.of()))))
                        .resultPath("$.failed")
                        .build())
                .next(next);
        return causes;
    }

    private LambdaInvoke step(String state, WorkflowStep step, String resultPath) {
        return StepTask.of(scope, state, promotion, step, Map.of(), resultPath);
    }

    private SnsPublish publish(String state, String subject, Map<String, Object> message) {
        var publish = SnsPublish.Builder.create(scope, state)
                .topic(props.notifications().topic())
                .subject("vowcheck " + props.stage().name() + ": " + subject)
                .message(TaskInput.fromObject(sorted(message)))
                .resultPath(JsonPath.DISCARD)
                .taskTimeout(Timeout.duration(CALL_TIMEOUT))
                .build();
        publish.addRetry(Retries.anyFailure());
        return publish;
    }

    private static CatchProps all(String resultPath) {
        return CatchProps.builder()
                .errors(List.of("States.ALL"))
                .resultPath(resultPath)
                .build();
    }

    /// The order of an unsorted map differs between runs, and so would the definition.
    private static Map<String, Object> sorted(Map<String, ?> map) {
        return new TreeMap<>(map);
    }
}
