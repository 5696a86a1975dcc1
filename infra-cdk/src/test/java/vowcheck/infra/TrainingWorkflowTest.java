package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.deployment.DriftEvent;
import vowcheck.adapters.deployment.TrainingSize;
import vowcheck.adapters.settings.Setting;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.workflow.AnotherTrainingRuns;
import vowcheck.core.workflow.ReplayRuns;
import vowcheck.core.workflow.ServingNotReady;
import vowcheck.core.workflow.WorkflowUnavailable;

class TrainingWorkflowTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Synthesized PROD = Synthesized.of("prod");
    private static final Node STATES = states(PROD, "TrainingWorkflow");
    private static final Node REPLAY = states(PROD, "TrainingReplay");

    @Test
    void eachTaskHasARetryATimeoutAndACatch() {
        assertThat(tasks()).hasSize(14).allSatisfy((name, task) -> {
            assertThat(task.at("Retry").list())
                    .isNotEmpty()
                    .filteredOn(retry -> !waitsForTheLock(retry))
                    .allSatisfy(retry ->
                            assertThat(retry.at("JitterStrategy").text()).isEqualTo("FULL"));
            assertThat(task.at("TimeoutSeconds").text()).isNotEmpty();
            // The wait for a person catches its time-out before.
            assertThat(task.at("Catch").list())
                    .hasSize(name.equals("AwaitApproval") ? 2 : 1)
                    .last()
                    .satisfies(caught -> assertThat(caught.at("ErrorEquals").list())
                            .extracting(Node::text)
                            .containsExactly("States.ALL"));
        });
    }

    /// Only the scoring function starts from a snapshot, and only the smoke test calls it: the error is the step's
    /// own, by the name of its exception.
    @Test
    void theSmokeTestAloneWaitsForASnapshotThatIsInitializedAnew() {
        var error = ServingNotReady.class.getName();
        assertThat(STATES.at("Smoke", "Retry").list())
                .extracting(Node::map)
                .contains(Map.of(
                        "ErrorEquals",
                        List.of(error),
                        "IntervalSeconds",
                        20,
                        "MaxAttempts",
                        60,
                        "BackoffRate",
                        1,
                        "JitterStrategy",
                        "FULL"));
        assertThat(PROD.resources("AWS::StepFunctions::StateMachine"))
                .extracting(
                        machine -> machine.properties().at("DefinitionString").text())
                .noneMatch(definition -> definition.contains("SnapStart"))
                .filteredOn(definition -> definition.contains(error))
                .singleElement()
                .satisfies(definition -> assertThat(definition).containsOnlyOnce(error));
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void driftOfAnotherStageOfTheAccountStartsNoTraining(String stage) {
        assertThat(Synthesized.of(stage)
                        .resource("AWS::Events::Rule", "TrainingWorkflowOnDrift")
                        .properties()
                        .at("EventPattern", "detail")
                        .map())
                .isEqualTo(Map.of(DriftEvent.STAGE, List.of(stage)));
    }

    @Test
    void theStatesFollowEachOther() {
        assertThat(path("Begin")).containsExactly("Begin", "Duplicate");
        assertThat(STATES.at("Duplicate").at("Default").text()).isEqualTo("Train");
        assertThat(path("Train")).containsExactly("Train", "Promote", "Promoted");
        assertThat(STATES.at("Promoted").at("Choices").list())
                .extracting(Node::map)
                .containsExactly(
                        Map.of("Variable", "$.promotion.decision", "StringEquals", "promoted", "Next", "Smoke"),
                        Map.of(
                                "Variable",
                                "$.promotion.decision",
                                "StringEquals",
                                "awaiting_approval",
                                "Next",
                                "ReleaseWhileWaiting"));
        assertThat(STATES.at("Promoted").at("Default").text()).isEqualTo("Release");
        assertThat(path("Smoke")).containsExactly("Smoke", "Release", "Notify", "Done");
    }

    /// Without the lock, so that other trainings run meanwhile.
    @Test
    void aTrainingWaitsForApprovalByATokenWithoutTheLock() {
        assertThat(path("ReleaseWhileWaiting"))
                .containsExactly("ReleaseWhileWaiting", "AskForApproval", "AwaitApproval", "Approved");
        var await = STATES.at("AwaitApproval");
        assertThat(await.at("Resource").text()).endsWith(":states:::lambda:invoke.waitForTaskToken");
        assertThat(await.at("Parameters", "Payload").map())
                .isEqualTo(Map.of(
                        "step", "await_approval",
                        "token.$", "$$.Task.Token",
                        "execution.$", "$$.Execution.Id",
                        "input.$", "$$.Execution.Input"));
        assertThat(await.at("TimeoutSeconds").value()).isEqualTo(3 * 24 * 3600);
        assertThat(await.at("Retry").list())
                .allSatisfy(retry -> assertThat(retry.at("ErrorEquals").list())
                        .extracting(Node::text)
                        .doesNotContain("States.Timeout", "States.ALL", "States.TaskFailed"))
                // The function could not record the token.
                .anySatisfy(retry -> assertThat(errors(retry))
                        .contains(WorkflowUnavailable.class.getName(), ModelStoreUnavailable.class.getName()));
        assertThat(await.at("Catch").list())
                .extracting(it -> it.at("Next").text())
                .containsExactly("NobodyApproved", "AwaitApprovalFailed");
        assertThat(STATES.at("Approved").at("Choices").list())
                .singleElement()
                .satisfies(choice -> assertThat(choice.map())
                        .isEqualTo(Map.of(
                                "Variable", "$.answer.approved", "BooleanEquals", true, "Next", "PromoteApproved")));
        assertThat(STATES.at("Approved").at("Default").text()).isEqualTo("Refuse");
        assertThat(path("PromoteApproved")).containsExactly("PromoteApproved", "PromotedWithApproval");
        assertThat(STATES.at("PromotedWithApproval").at("Default").text()).isEqualTo("Release");
        assertThat(path("NobodyApproved")).containsExactly("NobodyApproved", "Refuse", "Release", "Notify", "Done");
        assertThat(caught("AskForApproval")).isEqualTo("AwaitApproval");
        assertThat(STATES.at("AskForApproval")
                        .at("Parameters", "Message", "how.$")
                        .text())
                .isEqualTo("States.Format('./vowcheck approve {} --stage prod --reason TEXT, or the same with --reject;"
                        + " within 72 hours', $.promotion.model_version)");
    }

    @Test
    void onlyProdAsksForEachApproval() {
        assertThat(STATES.at("Promote").at("Parameters", "approval_required").value())
                .isEqualTo(true);
        for (var stage : List.of("local", "dev")) {
            assertThat(states(Synthesized.of(stage), "TrainingWorkflow")
                            .at("Promote")
                            .at("Parameters", "approval_required")
                            .value())
                    .as(stage)
                    .isEqualTo(false);
        }
    }

    /// Neither the wait for a person nor those for the lock are part of what a training may take.
    @Test
    void anExecutionOutlivesItsWaits() {
        long waits = Stream.of("Begin", "PromoteApproved")
                .mapToLong(state -> lockDelaySeconds(state)
                        + (number(lockRetry(state).at("MaxAttempts")) + 1) * number(STATES.at(state, "TimeoutSeconds")))
                .sum();

        assertThat(number(definition(machine(PROD, "TrainingWorkflow")).at("TimeoutSeconds")))
                .isBetween(waits + (3 * 24 + 1) * 3600, waits + (3 * 24 + 2) * 3600);
    }

    @Test
    void anExecutionWhoseCauseAnotherOneHasEndsQuietly() {
        assertThat(STATES.at("Duplicate").at("Choices").list())
                .singleElement()
                .satisfies(choice -> assertThat(choice.map())
                        .isEqualTo(Map.of(
                                "Variable", "$.duplicate_of",
                                "IsPresent", true,
                                "Next", "TrainedByAnother")));
        assertThat(STATES.at("TrainedByAnother").map()).isEqualTo(Map.of("Type", "Succeed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Begin", "Train", "Promote", "Smoke", "PromoteApproved", "Refuse"})
    void aFailureIsNamedRolledBackAndReported(String state) {
        var caught = STATES.at(state).at("Catch").list().getFirst().at("Next").text();
        assertThat(caught).isEqualTo(state + "Failed");
        assertThat(STATES.at(caught).at("Parameters").map())
                .isEqualTo(Map.of("state", state, "error.$", "$.failure.Error", "cause.$", "$.failure.Cause"));
        assertThat(path(caught)).endsWith("Restore", "NotifyFailure", "Failed");
        assertThat(STATES.at("Failed").map())
                .containsEntry("Type", "Fail")
                .containsEntry("ErrorPath", "$.failed.error")
                .containsEntry("CausePath", "$.failed.cause");
    }

    @Test
    void aFailedRestorationIsReportedBesidesTheFirstFailure() {
        assertThat(caught("Restore")).isEqualTo("RestoreFailed");
        assertThat(path("RestoreFailed")).containsExactly("RestoreFailed", "BothFailed", "NotifyFailure", "Failed");
        assertThat(parameters("RestoreFailed"))
                .isEqualTo(Map.of("cause.$", "$.failed.cause", "restoreCause.$", "$.restore_failure.Cause"));
        assertThat(parameters("BothFailed"))
                .containsEntry("error.$", "$.failed.error")
                .containsEntry("cause.$", "States.JsonToString($.causes)")
                .containsEntry("restored", Map.of("notes", List.of()));
    }

    @Test
    void whatTheRestorationCouldNotDoBesidesIsInTheNotificationOfTheFailure() {
        assertThat(STATES.at("Restore", "ResultPath").text()).isEqualTo("$.failed.restored");
        assertThat(STATES.at("NotifyFailure", "Parameters", "Message").map())
                .containsEntry("notes.$", "$.failed.restored.notes");
    }

    @Test
    void aFailedReleaseOrNotificationHidesNothing() {
        assertThat(caught("NotifyFailure")).isEqualTo("Failed");
        assertThat(caught("Release")).isEqualTo("Notify");
        assertThat(caught("Notify")).isEqualTo("Done");
        assertThat(caught("ReadTrainingFailure")).isEqualTo("Restore");
    }

    @Test
    void theCauseIsWhatTheTrainingTaskRecorded() {
        assertThat(STATES.at("ReadTrainingFailure").at("Parameters", "Key.$").text())
                .isEqualTo("States.Format('training/{}/failure.json', $$.Execution.Name)");
        assertThat(STATES.at("TrainingFailureRead").at("Parameters", "cause.$").text())
                .isEqualTo("$.written.object.error");
    }

    @Test
    void eachStepOfTheFunctionGetsItsEvent() {
        var steps = Map.of(
                "Begin", "begin",
                "Smoke", "smoke",
                "Release", "release",
                "Restore", "restore");
        assertThat(steps)
                .allSatisfy((state, step) -> assertThat(parameters(state))
                        .isEqualTo(Map.of(
                                "step", step,
                                "execution.$", "$$.Execution.Id",
                                "input.$", "$$.Execution.Input")));
        assertThat(STATES.at("Begin").at("Resource").text()).contains("TrainingWorkflowPromotionLive");
    }

    @Test
    void theContainerIsRunToItsEndWithItsCutoff() {
        var train = STATES.at("Train");
        assertThat(train.at("Resource").text()).endsWith(":states:::ecs:runTask.sync");
        assertThat(train.at("Parameters", "Overrides", "ContainerOverrides").list())
                .singleElement()
                .satisfies(override -> {
                    assertThat(override.at("Name").text()).isEqualTo("training");
                    assertThat(override.at("Environment").list())
                            .extracting(Node::map)
                            .containsExactly(
                                    Map.of("Name", "TRAINING_CUTOFF", "Value.$", "$.cutoff"),
                                    Map.of("Name", "TRAINING_REASON", "Value.$", "$.reason"),
                                    Map.of("Name", "TRAINING_OPPONENT", "Value.$", "$.opponent"),
                                    Map.of("Name", "TRAINING_SEARCH", "Value.$", "$.search"),
                                    Map.of("Name", "TRAINING_EXECUTION", "Value.$", "$.execution"),
                                    Map.of("Name", "TRAINING_AUTHOR", "Value.$", "$.author"),
                                    Map.of("Name", "TRAINING_REPLAY", "Value.$", "$.replay"));
                });
        assertThat(train.at("Retry").list().getFirst().at("ErrorEquals").list())
                .extracting(Node::text)
                .contains("ECS.AmazonECSException", "ECS.ThrottlingException")
                .doesNotContain("States.ALL", "States.TaskFailed");
    }

    @Test
    void theTaskGetsTheSettingsThatItReads() {
        assertThat(PROD
                        .resource("AWS::ECS::TaskDefinition", "TrainingWorkflow")
                        .properties()
                        .at("ContainerDefinitions")
                        .list()
                        .getFirst()
                        .at("Environment")
                        .list()
                        .stream()
                        .map(variable -> variable.at("Name").text())
                        .collect(Collectors.toSet()))
                .contains("JDK_JAVA_OPTIONS")
                .filteredOn(name -> !name.equals("JDK_JAVA_OPTIONS"))
                .containsExactlyInAnyOrderElementsOf(Set.of(
                                Setting.MODEL_BUCKET,
                                Setting.DATABASE_HOST,
                                Setting.DATABASE_PORT,
                                Setting.DATABASE_NAME,
                                Setting.DATABASE_SSL_MODE,
                                Setting.DATABASE_ROOT_CERTIFICATES,
                                Setting.DATABASE_AUTHENTICATION,
                                Setting.DATABASE_USER,
                                Setting.MLFLOW_URL,
                                Setting.MLFLOW_SECRET,
                                Setting.TRAINING_FAULTY_ROWS_SHARE,
                                Setting.TRAINING_LEAST_OVERLAP)
                        .stream()
                        .map(Setting::name)
                        .collect(Collectors.toSet()));
    }

    @Test
    void theTaskHasTheStagesSizeAndAHeapThatFitsIt() {
        var task = PROD.resource("AWS::ECS::TaskDefinition", "TrainingWorkflow").properties();
        var size = new TrainingSize(1024, 2048);

        assertThat(task.at("Cpu").text()).isEqualTo(Integer.toString(size.cpu()));
        assertThat(task.at("Memory").text()).isEqualTo(Integer.toString(size.memoryMib()));
        assertThat(task.at("ContainerDefinitions")
                        .list()
                        .getFirst()
                        .at("Environment")
                        .list())
                .extracting(Node::map)
                .contains(Map.of("Name", "JDK_JAVA_OPTIONS", "Value", "-Xmx" + size.heapMib() + "m"));
    }

    /// A replay takes hours. While another training runs, one is refused.
    @Test
    void aTrainingWaitsForTheEndOfAReplayAndAnApprovedOneForThatOfATrainingToo() {
        assertThat(errors(lockRetry("Begin"))).containsExactly(ReplayRuns.class.getName());
        assertThat(errors(lockRetry("PromoteApproved")))
                .containsExactly(AnotherTrainingRuns.class.getName(), ReplayRuns.class.getName());
    }

    /// The longest holder of the lock is a replay that is stopped at its time limit. A training may be faster then.
    @ParameterizedTest
    @ValueSource(strings = {"Begin", "PromoteApproved"})
    void theDelaysBetweenTheAttemptsCoverTheLongestHolderOfTheLock(String state) {
        long replay = number(definition(machine(PROD, "TrainingReplay")).at("TimeoutSeconds"));

        assertThat(lockRetry(state).at("JitterStrategy").text()).isEqualTo("NONE");
        assertThat(lockDelaySeconds(state))
                .isGreaterThanOrEqualTo(replay + 3600)
                .isLessThan(replay + 2 * 3600);
    }

    /// The sum, as Step Functions computes the delays.
    private static long lockDelaySeconds(String state) {
        var retry = lockRetry(state);
        double rate = Double.parseDouble(retry.at("BackoffRate").text());
        double longest = Double.parseDouble(retry.at("MaxDelaySeconds").text());
        double delay = Double.parseDouble(retry.at("IntervalSeconds").text());
        long sum = 0;
        for (int attempt = 0; attempt < number(retry.at("MaxAttempts")); attempt++) {
            sum += (long) Math.min(delay, longest);
            delay *= rate;
        }
        return sum;
    }

    private static Node lockRetry(String state) {
        return STATES.at(state, "Retry").list().stream()
                .filter(TrainingWorkflowTest::waitsForTheLock)
                .findFirst()
                .orElseThrow();
    }

    private static boolean waitsForTheLock(Node retry) {
        return errors(retry).contains(ReplayRuns.class.getName());
    }

    private static long number(Node node) {
        return Long.parseLong(node.text());
    }

    private static List<String> errors(Node retry) {
        return retry.at("ErrorEquals").list().stream().map(Node::text).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TrainingWorkflow", "TrainingReplay"})
    void stepsAreTracedAndLoggedWithoutInputsAndOutputs(String construct) {
        var resource = machine(PROD, construct);
        var machine = resource.properties();
        assertThat(machine.at("TracingConfiguration", "Enabled").isTrue()).isTrue();
        assertThat(machine.at("LoggingConfiguration", "Level").text()).isEqualTo("ALL");
        assertThat(machine.at("LoggingConfiguration", "IncludeExecutionData").isTrue())
                .isFalse();
        assertThat(definition(resource).at("TimeoutSeconds").text()).isNotEmpty();
    }

    @Test
    void theReplayRunsOneCutoffAfterTheOtherUnderItsLock() {
        assertThat(REPLAY.at("Begin").at("Next").text()).isEqualTo("EachCutoff");
        var each = REPLAY.at("EachCutoff");
        assertThat(each.at("ItemsPath").text()).isEqualTo("$.cutoffs");
        assertThat(each.at("MaxConcurrency").text()).isEqualTo("1");
        assertThat(each.at("Next").text()).isEqualTo("Restore");
        assertThat(REPLAY.at("Restore").at("End").isTrue()).isTrue();
        var train = each.at("ItemProcessor", "States", "Train");
        assertThat(train.at("Resource").text()).endsWith(":states:::states:startExecution.sync:2");
        assertThat(train.at("Parameters", "Input").map())
                .isEqualTo(Map.of(
                        "cutoff.$", "$",
                        "reason", "replay",
                        "replay.$", "$$.Execution.Id",
                        "replay_input.$", "$$.Execution.Input"));
        assertThat(train.at("Retry").list()).isNotEmpty();
        assertThat(train.at("TimeoutSeconds").text()).isNotEmpty();
    }

    @Test
    void theStageSaysWhetherAReplayRestores() {
        assertThat(REPLAY.at("Begin").at("Parameters").map())
                .isEqualTo(Map.of(
                        "step", "begin_replay",
                        "execution.$", "$$.Execution.Id",
                        "input.$", "$$.Execution.Input",
                        "restore_by_default", true,
                        "approval_required", true));
        assertThat(states(Synthesized.of("local"), "TrainingReplay")
                        .at("Begin")
                        .at("Parameters", "restore_by_default")
                        .isTrue())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Begin", "EachCutoff", "Restore"})
    void aReplayThatFailsRestoresWhatServedBefore(String state) {
        assertThat(REPLAY.at(state).at("Catch").list())
                .singleElement()
                .satisfies(caught -> assertThat(caught.map())
                        .isEqualTo(Map.of(
                                "ErrorEquals", List.of("States.ALL"),
                                "ResultPath", "$.failure",
                                "Next", "RestoreAfterFailure")));
    }

    @Test
    void aReplayThatFailedSaysWhatBecameOfItsRestoration() {
        var restore = REPLAY.at("RestoreAfterFailure");
        assertThat(restore.at("Parameters", "step").text()).isEqualTo("end_replay");
        assertThat(restore.at("Next").text()).isEqualTo("RestoredAfterFailure");
        assertThat(restore.at("Catch").list().getFirst().at("Next").text()).isEqualTo("RestoreFailed");
        assertThat(REPLAY.at("RestoreFailed").at("Parameters").map())
                .isEqualTo(Map.of("cause.$", "$.failure.Cause", "restoreCause.$", "$.restore_failure.Cause"));
        assertThat(REPLAY.at("RestoredAfterFailure").at("Parameters").map())
                .isEqualTo(Map.of("cause.$", "$.failure.Cause", "notes.$", "$.restoration.notes"));
        for (var state : List.of("RestoreFailed", "RestoredAfterFailure")) {
            assertThat(REPLAY.at(state).at("Next").text()).isEqualTo("CauseInJson");
        }
        assertThat(REPLAY.at("CauseInJson").at("Parameters", "Cause.$").text())
                .isEqualTo("States.JsonToString($.causes)");
        assertThat(REPLAY.at("CauseInJson").at("Next").text()).isEqualTo("Failed");
        assertThat(REPLAY.at("Failed").map()).containsEntry("CausePath", "$.failure.Cause");
    }

    @Test
    void itStartsMonthlyAndOnDriftBesideTheDailyChecks() {
        assertThat(PROD.resources("AWS::Events::Rule").stream()
                        .map(Synthesized.Resource::properties)
                        .collect(Collectors.toMap(rule -> rule.at("Name").text(), TrainingWorkflowTest::described)))
                .isEqualTo(Map.of(
                        "vowcheck-prod-daily-drift",
                        "cron(0 0 * * ? *) -> DriftMonitorDriftLive",
                        "vowcheck-prod-daily-retention",
                        "cron(30 2 * * ? *) -> RetentionScheduleRetentionLive",
                        "vowcheck-prod-monthly-training",
                        "cron(0 1 1 * ? *) -> TrainingWorkflowMachine "
                                + "{\"reason\":\"monthly\",\"scheduled_at\":<time>}",
                        "vowcheck-prod-replay-ended",
                        "[aws.states] [Step Functions Execution Status Change] -> TrainingWorkflowPromotionLive "
                                + "{\"execution\":<detail-executionArn>,\"step\":\"end_replay\"}",
                        "vowcheck-prod-scoring-canary",
                        "rate(5 minutes) -> ScoringLive {\"canary\":{}}",
                        "vowcheck-prod-training-ended",
                        "[aws.states] [Step Functions Execution Status Change] -> TrainingWorkflowPromotionLive "
                                + "{\"execution\":<detail-executionArn>,\"step\":\"restore\"}",
                        "vowcheck-prod-training-on-drift",
                        "[vowcheck] [DriftDetected] -> TrainingWorkflowMachine $.detail"));
    }

    @Test
    void theMonthOfATrainingIsThatOfItsScheduledEvent() {
        assertThat(PROD.resource("AWS::Events::Rule", "TrainingWorkflowMonthly")
                        .properties()
                        .at("Targets")
                        .list()
                        .getFirst()
                        .at("InputTransformer", "InputPathsMap")
                        .map())
                .isEqualTo(Map.of("time", "$.time"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TrainingWorkflow", "TrainingReplay"})
    void everyAbnormalEndOfAnExecutionRollsItBack(String construct) {
        var rule = PROD.resource("AWS::Events::Rule", construct + "Ended").properties();
        assertThat(rule.at("EventPattern", "detail", "status").value())
                .isEqualTo(List.of("ABORTED", "FAILED", "TIMED_OUT"));
        assertThat(rule.at("EventPattern", "detail", "stateMachineArn").list())
                .extracting(Node::text)
                .singleElement()
                .satisfies(arn -> assertThat(arn).startsWith("${" + construct));
        assertThat(rule.at("Targets")
                        .list()
                        .getFirst()
                        .at("InputTransformer", "InputPathsMap")
                        .map())
                .isEqualTo(Map.of("detail-executionArn", "$.detail.executionArn"));
    }

    private static String described(Node rule) {
        var target = rule.at("Targets").list().getFirst();
        var when = rule.at("ScheduleExpression").text()
                + (rule.at("EventPattern").value() == null
                        ? ""
                        : rule.at("EventPattern", "source").value() + " "
                                + rule.at("EventPattern", "detail-type").value());
        return (when + " -> " + target.at("Arn").text().replaceAll("\\$\\{|[0-9A-F]{8}}", "") + " "
                        + target.at("Input").text() + target.at("InputPath").text()
                        + target.at("InputTransformer", "InputTemplate").text())
                .strip();
    }

    private static Map<String, Node> tasks() {
        return STATES.map().keySet().stream()
                .filter(name -> STATES.at(name, "Type").text().equals("Task"))
                .collect(Collectors.toMap(name -> name, STATES::at));
    }

    private static List<String> path(String first) {
        var path = new ArrayList<String>();
        for (var state = first;
                !state.isEmpty();
                state = STATES.at(state).at("Next").text()) {
            path.add(state);
        }
        return path;
    }

    private static String caught(String state) {
        return STATES.at(state).at("Catch").list().getFirst().at("Next").text();
    }

    private static Map<String, Object> parameters(String state) {
        return STATES.at(state).at("Parameters").map();
    }

    private static Node states(Synthesized stage, String construct) {
        return definition(machine(stage, construct)).at("States");
    }

    private static Node definition(Synthesized.Resource machine) {
        try {
            return new Node(
                    JSON.readValue(machine.properties().at("DefinitionString").text(), Object.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Synthesized.Resource machine(Synthesized stage, String construct) {
        return stage.resource("AWS::StepFunctions::StateMachine", construct);
    }
}
