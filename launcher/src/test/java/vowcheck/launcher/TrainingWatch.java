package vowcheck.launcher;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.workflow.EventBridgeDriftSignal;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.core.drift.DriftReport;
import vowcheck.core.drift.DriftVerdict;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.workflow.WorkflowField;

/// Starts trainings and asserts what must hold when one fails: production is unchanged, the cause was notified, the
/// lock is released.
final class TrainingWatch implements AutoCloseable {

    private final LocalSystem system;
    private final MlflowOfOperators mlflow;
    private final SfnClient stepFunctions;
    private final EventBridgeClient events;
    private final S3Client s3;
    private final Notices notices;

    /// The version in production, in every place that records it.
    record Production(
            String modelInfo, String pointer, Optional<String> productionAlias, Optional<String> deprecatedAlias) {}

    TrainingWatch(LocalSystem system) {
        this.system = system;
        mlflow = new MlflowOfOperators(system);
        stepFunctions = system.aws(SfnClient.builder());
        events = system.aws(EventBridgeClient.builder());
        s3 = system.aws(S3Client.builder());
        notices = new Notices(system);
    }

    /// Starts a training on the rows before a cutoff.
    TrainingExecution start(String cutoff) {
        return start(cutoff, "manual");
    }

    /// The same for a reason such as `drift`.
    TrainingExecution start(String cutoff, String reason) {
        return start(
                StackOutput.TRAINING_STATE_MACHINE_ARN,
                new JsonObject().with(WorkflowField.CUTOFF, cutoff).with(WorkflowField.REASON, reason));
    }

    /// Starts one whose promotion a person must approve.
    TrainingExecution startWithApproval(String cutoff) {
        return start(
                StackOutput.TRAINING_STATE_MACHINE_ARN,
                new JsonObject().with(WorkflowField.CUTOFF, cutoff).with(WorkflowField.APPROVAL, true));
    }

    /// Starts a replay that puts back what served before.
    TrainingExecution startReplay(List<String> cutoffs) {
        return start(
                StackOutput.REPLAY_STATE_MACHINE_ARN,
                new JsonObject().with(WorkflowField.CUTOFFS, cutoffs).with(WorkflowField.RESTORE, true));
    }

    private TrainingExecution start(StackOutput stateMachine, JsonObject input) {
        var machine = system.deployment().output(stateMachine);
        return new TrainingExecution(
                stepFunctions,
                stepFunctions
                        .startExecution(
                                request -> request.stateMachineArn(machine).input(input.json()))
                        .executionArn());
    }

    /// Waits until a step of an execution has failed with an error, after which it is tried again.
    void awaitFailedAttempt(TrainingExecution training, String error) {
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(training.failedAttempts()).contains(error));
    }

    /// Waits until no training runs: one of a replay that was stopped may go on for a while.
    void awaitNoTraining() {
        var machine = system.deployment().output(StackOutput.TRAINING_STATE_MACHINE_ARN);
        await().atMost(LocalSystem.PATIENCE)
                .until(() -> stepFunctions
                        .listExecutions(
                                request -> request.stateMachineArn(machine).statusFilter(ExecutionStatus.RUNNING))
                        .executions()
                        .isEmpty());
    }

    /// Starts a training by the event that the drift function sends, and waits until it has begun. Its cutoff is the
    /// day of the check.
    TrainingExecution startByDrift(Instant checkedAt) {
        var former = executions();
        new EventBridgeDriftSignal(events, LocalStage.NAME)
                .detected(
                        new DriftReport(
                                checkedAt,
                                new ModelVersion("1"),
                                LocalDate.EPOCH,
                                DriftPolicy.DEFAULT.minSamples(),
                                new LinkedHashMap<>(),
                                DriftPolicy.DEFAULT,
                                new DriftVerdict.Drifted(List.of(Feature.AGE_DAYS))),
                        Optional.empty());
        var arn = await().atMost(LocalSystem.PATIENCE)
                .until(() -> executions().stream().filter(not(former::contains)).findFirst(), Optional::isPresent)
                .orElseThrow();
        return new TrainingExecution(stepFunctions, arn);
    }

    private Set<String> executions() {
        var machine = system.deployment().output(StackOutput.TRAINING_STATE_MACHINE_ARN);
        return stepFunctions.listExecutionsPaginator(request -> request.stateMachineArn(machine)).executions().stream()
                .map(ExecutionListItem::executionArn)
                .collect(toSet());
    }

    /// Waits until a training has ended without training anything, because another one has its cause.
    void requireDuplicate(TrainingExecution training, TrainingExecution other) {
        var end = training.awaitEnd();
        assertThat(end.status()).as(end.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var output = JsonDocument.parse(end.output());
        assertThat(output.text(WorkflowField.DUPLICATE_OF)).isEqualTo(other.name());
        assertThat(output.text("message"))
                .isEqualTo("the execution %s trains, or has trained, for the same cause: nothing to do"
                        .formatted(other.name()));
        assertThat(output.has("promotion")).isFalse();
    }

    /// Waits until a training has succeeded; returns its decision, which the notification must have, too.
    JsonDocument decision(TrainingExecution training) {
        var end = training.awaitEnd();
        assertThat(end.status()).as(end.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var promotion = JsonDocument.parse(end.output()).document("promotion");
        assertThat(notices.about(training).document("promotion").texts("reasons"))
                .isEqualTo(promotion.texts("reasons"));
        return promotion;
    }

    /// Waits until a training has failed; its output and the notification, which is returned, must name the cause.
    JsonDocument requireFailure(TrainingExecution training, String state, String cause) {
        var end = training.awaitEnd();
        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ExecutionEnd.sentence(StageName.LOCAL, end)).contains(cause);
        var notice = notices.about(training);
        assertThat(notice.text("state")).isEqualTo(state);
        assertThat(notice.text("cause")).isEqualTo(end.cause());
        return notice;
    }

    Production production() {
        return new Production(
                system.modelInfo(),
                object(BucketKeys.POINTER).orElseThrow(),
                mlflow.holder(ModelAlias.PRODUCTION),
                mlflow.holder(ModelAlias.DEPRECATED));
    }

    /// Production is unchanged in every place and serves; the next training can run.
    void requireUntouched(Production before) throws IOException {
        await().atMost(LocalSystem.PATIENCE).untilAsserted(() -> {
            assertThat(production()).isEqualTo(before);
            assertThat(object(BucketKeys.TRAINING_LOCK).filter(not("{}"::equals)))
                    .as("the lock")
                    .isEmpty();
        });
        var answer = system.post("/predict", LocalSystem.event("request_1.json"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Model-Version")).isEqualTo(before.productionAlias());
    }

    /// Puts a version into production as an operator does by hand.
    void putIntoProduction(String version) {
        mlflow.holder(ModelAlias.PRODUCTION)
                .filter(former -> !former.equals(version))
                .ifPresent(former -> mlflow.assign(ModelAlias.DEPRECATED, former));
        mlflow.assign(ModelAlias.PRODUCTION, version);
        var answer = system.send(
                system.asOperator(system.request("/update-model").POST(HttpRequest.BodyPublishers.noBody())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(
                        () -> assertThat(system.modelInfo()).contains("\"model_version\":\"%s\"".formatted(version)));
    }

    /// An object of the model bucket.
    Optional<String> object(String key) {
        try {
            return Optional.of(s3.getObjectAsBytes(request ->
                            request.bucket(system.status().text("bucket")).key(key))
                    .asUtf8String());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    S3Client s3() {
        return s3;
    }

    @Override
    public void close() {
        notices.close();
        s3.close();
        events.close();
        stepFunctions.close();
    }
}
