package vowcheck.launcher;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.launcher.setup.CommandFailed;

/// The executions of a stage's state machines that train.
public final class WorkflowExecutions implements AutoCloseable {

    /// A drift report's training is among the newest.
    private static final int NEWEST = 10;

    private final SfnClient stepFunctions = SfnClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    private final Deployment deployment;

    public WorkflowExecutions(Deployment deployment) {
        this.deployment = deployment;
    }

    /// Starts one. Throws [CommandFailed], which says how to follow the one that runs, where there is one.
    StartedWorkflow start(WorkflowKind kind, JsonObject input) {
        running().ifPresent(running -> {
            throw new CommandFailed("%s: follow it with %s, and start again when it has ended"
                    .formatted(running.sentence(), running.followCommand()));
        });
        var machine = machine(kind);
        var answer = stepFunctions.startExecution(
                request -> request.stateMachineArn(machine).input(input.json()));
        return new StartedWorkflow(kind, new Execution(answer.executionArn()), answer.startDate());
    }

    /// The one that runs: the replay rather than one of its trainings.
    public Optional<StartedWorkflow> running() {
        return Arrays.stream(WorkflowKind.values())
                .flatMap(kind -> newest(kind)
                        .filter(item -> item.status() == ExecutionStatus.RUNNING)
                        .map(item -> started(kind, item)))
                .findFirst();
    }

    /// The newest one, running or not.
    Optional<StartedWorkflow> newest() {
        return all().max(Comparator.comparing(StartedWorkflow::since));
    }

    /// The one whose name begins with these characters; throws [CommandFailed] unless there is exactly one.
    StartedWorkflow named(String beginning) {
        var found = all().filter(started -> started.execution().name().startsWith(beginning))
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
        return newest(WorkflowKind.TRAINING)
                .limit(NEWEST)
                .map(item -> started(WorkflowKind.TRAINING, item))
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

    private Stream<StartedWorkflow> all() {
        return Arrays.stream(WorkflowKind.values()).flatMap(kind -> newest(kind).map(item -> started(kind, item)));
    }

    /// Of one state machine, the newest first.
    private Stream<ExecutionListItem> newest(WorkflowKind kind) {
        var machine = machine(kind);
        return stepFunctions.listExecutionsPaginator(request -> request.stateMachineArn(machine)).executions().stream()
                .sorted(Comparator.comparing(ExecutionListItem::startDate).reversed());
    }

    private String machine(WorkflowKind kind) {
        return deployment.output(kind.machine());
    }

    private static StartedWorkflow started(WorkflowKind kind, ExecutionListItem item) {
        return new StartedWorkflow(kind, new Execution(item.executionArn()), item.startDate());
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
