package vowcheck.launcher.chaos;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.launcher.LocalSystem;
import vowcheck.launcher.TrainingExecution;

/// The executions of the training workflow, whoever has started them.
final class ObservedTrainings implements AutoCloseable {

    private final SfnClient stepFunctions;
    private final String machine;
    private final Set<String> seen = new HashSet<>();

    /// Nobody looks at those of before: `up` has.
    ObservedTrainings(LocalSystem system) {
        stepFunctions = system.aws(SfnClient.builder());
        machine = system.output(StackOutput.TRAINING_STATE_MACHINE_ARN);
        executions().forEach(execution -> seen.add(execution.executionArn()));
    }

    /// Starts a training on the rows before a cutoff. Whoever calls this looks at its end.
    TrainingExecution start(String cutoff) {
        var input = new JsonObject().with(WorkflowField.CUTOFF, cutoff).json();
        var arn = stepFunctions
                .startExecution(request -> request.stateMachineArn(machine).input(input))
                .executionArn();
        seen.add(arn);
        return new TrainingExecution(stepFunctions, arn);
    }

    /// Waits until no training runs.
    void awaitNone() {
        await("no training runs")
                .atMost(LocalSystem.PATIENCE)
                .until(() ->
                        executions().stream().noneMatch(execution -> execution.status() == ExecutionStatus.RUNNING));
    }

    /// How many executions there are since LocalStack was started.
    int count() {
        return executions().size();
    }

    /// Waits until there are that many executions.
    void awaitCount(int expected) {
        await().atMost(LocalSystem.PATIENCE).until(() -> count() >= expected);
    }

    /// The executions that have ended since the last call and that nobody looks at: those of rules and commands.
    List<DescribeExecutionResponse> takeOthers() {
        var ended = new ArrayList<DescribeExecutionResponse>();
        for (var execution : executions()) {
            if (execution.status() != ExecutionStatus.RUNNING && seen.add(execution.executionArn())) {
                ended.add(stepFunctions.describeExecution(request -> request.executionArn(execution.executionArn())));
            }
        }
        return ended;
    }

    private List<ExecutionListItem> executions() {
        return stepFunctions.listExecutionsPaginator(request -> request.stateMachineArn(machine)).executions().stream()
                .toList();
    }

    @Override
    public void close() {
        stepFunctions.close();
    }
}
