package vowcheck.launcher;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.launcher.setup.CommandFailed;

/// The executions of a stage's state machines that train.
public final class WorkflowExecutions implements AutoCloseable {

    /// A drift report's training is among the newest.
    private static final int NEWEST = 10;

    private final StageName stage;
    private final SfnClient stepFunctions;
    private final Function<WorkflowKind, String> machines;

    public WorkflowExecutions(DeployedStage stage) {
        this(
                stage.name(),
                AwsClients.patient(SfnClient.builder()),
                kind -> stage.deployment().output(kind.machine()));
    }

    /// @param machines the ARN of each state machine
    WorkflowExecutions(StageName stage, SfnClient stepFunctions, Function<WorkflowKind, String> machines) {
        this.stage = stage;
        this.stepFunctions = stepFunctions;
        this.machines = machines;
    }

    /// Whose they are.
    StageName stage() {
        return stage;
    }

    /// Starts one. Throws [OneTrainingAtATime], which says how to follow the one that runs, where there is one.
    StartedWorkflow start(WorkflowKind kind, JsonObject input) {
        running().ifPresent(running -> {
            throw new OneTrainingAtATime(running.refusal());
        });
        var machine = machines.apply(kind);
        var answer = stepFunctions.startExecution(
                request -> request.stateMachineArn(machine).input(input.json()));
        return new StartedWorkflow(stage, kind, new Execution(answer.executionArn()), answer.startDate());
    }

    /// The one that runs: the replay rather than one of its trainings. A training that waits for approval does not
    /// hinder others, and does not count.
    public Optional<StartedWorkflow> running() {
        return Arrays.stream(WorkflowKind.values())
                .flatMap(kind -> allRunning(kind)
                        .filter(started -> approval(started).isEmpty())
                        .limit(1))
                .findFirst();
    }

    /// The trainings that wait for a person's approval.
    List<WaitingTraining> waiting() {
        return allRunning(WorkflowKind.TRAINING)
                .flatMap(started -> approval(started).stream())
                .toList();
    }

    private Stream<StartedWorkflow> allRunning(WorkflowKind kind) {
        return all(kind, request -> request.statusFilter(ExecutionStatus.RUNNING));
    }

    /// What a training waits for; empty where it does not.
    private Optional<WaitingTraining> approval(StartedWorkflow started) {
        if (started.kind() != WorkflowKind.TRAINING) {
            return Optional.empty();
        }
        // The newest first: Step Functions has entered no other state since.
        var newest = stepFunctions.getExecutionHistoryPaginator(
                request -> request.executionArn(started.execution().id()).reverseOrder(true));
        return newest.events().stream()
                .map(HistoryEvent::stateEnteredEventDetails)
                .filter(Objects::nonNull)
                .findFirst()
                .filter(entered -> entered.name().equals(WorkflowField.AWAIT_APPROVAL_STATE))
                .map(entered -> WaitingTraining.of(started, String.valueOf(entered.input())));
    }

    /// The newest one, running or not.
    Optional<StartedWorkflow> newest() {
        return Arrays.stream(WorkflowKind.values())
                .flatMap(kind -> newest(kind, 1))
                .max(Comparator.comparing(StartedWorkflow::since));
    }

    /// The one whose name begins with these characters; throws [CommandFailed] unless there is exactly one.
    StartedWorkflow named(String beginning) {
        var found = Arrays.stream(WorkflowKind.values())
                .flatMap(kind -> all(kind, _ -> {}))
                .filter(started -> started.execution().name().startsWith(beginning))
                .toList();
        if (found.size() != 1) {
            throw new CommandFailed(
                    found.isEmpty()
                            ? "there is no training or replay '%s'".formatted(beginning)
                            : "%d trainings begin with '%s', expected one: give more of its name"
                                    .formatted(found.size(), beginning));
        }
        return found.getFirst();
    }

    /// The training that a drift report has started.
    ///
    /// @param checkedAt the time of the check, as the report has it
    Optional<StartedWorkflow> ofDriftReport(String checkedAt) {
        return newest(WorkflowKind.TRAINING, NEWEST)
                .filter(started -> {
                    var input = JsonDocument.parse(describe(started.execution()).input());
                    return input.has(WorkflowField.DRIFT_REPORT)
                            && input.text(WorkflowField.DRIFT_REPORT).equals(checkedAt);
                })
                .findFirst();
    }

    DescribeExecutionResponse describe(Execution execution) {
        return stepFunctions.describeExecution(request -> request.executionArn(execution.id()));
    }

    /// The states that it has entered so far.
    List<EnteredState> states(Execution execution) {
        List<EnteredState> states = new ArrayList<>();
        stepFunctions.getExecutionHistoryPaginator(request -> request.executionArn(execution.id())).events().stream()
                .filter(event -> event.stateEnteredEventDetails() != null)
                .map(EnteredState::of)
                .forEach(states::add);
        return states;
    }

    @Override
    public void close() {
        stepFunctions.close();
    }

    /// Those of one state machine, page by page as they are needed.
    private Stream<StartedWorkflow> all(WorkflowKind kind, Consumer<ListExecutionsRequest.Builder> which) {
        var request = ListExecutionsRequest.builder().stateMachineArn(machines.apply(kind));
        which.accept(request);
        return stepFunctions.listExecutionsPaginator(request.build()).executions().stream()
                .map(item -> started(kind, item));
    }

    /// The newest ones of one state machine, by one call: Step Functions lists the newest first.
    private Stream<StartedWorkflow> newest(WorkflowKind kind, int most) {
        var machine = machines.apply(kind);
        return stepFunctions
                .listExecutions(request -> request.stateMachineArn(machine).maxResults(most))
                .executions()
                .stream()
                .map(item -> started(kind, item));
    }

    private StartedWorkflow started(WorkflowKind kind, ExecutionListItem item) {
        return new StartedWorkflow(stage, kind, new Execution(item.executionArn()), item.startDate());
    }

    /// A state that an execution has entered.
    ///
    /// @param event the number of the event
    /// @param name the state's name; for a training of the replay also its cutoff
    record EnteredState(long event, Instant at, String name) {

        private static EnteredState of(HistoryEvent event) {
            var entered = event.stateEnteredEventDetails();
            var input = Optional.ofNullable(entered.input()).orElse("");
            // A cutoff is the only input that is a JSON string.
            var cutoff = input.startsWith("\"") ? " " + input.replace("\"", "") : "";
            return new EnteredState(event.id(), event.timestamp(), entered.name() + cutoff);
        }
    }
}
