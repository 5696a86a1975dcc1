package vowcheck.launcher;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.launcher.setup.Progress;

/// Follows an execution from state to state.
final class Follower {

    /// How often in a row Step Functions may not answer, for example on a busy machine.
    private static final int MOST_FAILURES = 20;

    private final WorkflowExecutions executions;
    private final Progress progress;
    private final BooleanSupplier stopped;
    private final Duration poll;

    /// @param stopped whether the whole system has been stopped
    Follower(WorkflowExecutions executions, Progress progress, BooleanSupplier stopped) {
        this.executions = executions;
        this.progress = progress;
        this.stopped = stopped;
        this.poll = DeployedStage.pollInterval(executions.stage());
    }

    /// Prints each state that the execution enters or has entered, and returns its output, a JSON document.
    ///
    /// Throws [CommandFailed] with the error and its cause when the execution does not succeed.
    String follow(Execution execution) {
        Set<Long> said = new HashSet<>();
        return output(end(execution, () -> sayStates(execution, said)));
    }

    /// Returns when no training or replay runs; names those that it has to wait for.
    void awaitOthers() {
        var other = executions.running();
        while (other.isPresent()) {
            progress.say("%s: waiting for its end".formatted(other.get().sentence()));
            end(other.get().execution(), () -> {});
            other = executions.running();
        }
    }

    /// Waits for the end of an execution.
    ///
    /// @param look what is done each time after it was looked at
    private DescribeExecutionResponse end(Execution execution, Runnable look) {
        int failures = 0;
        while (true) {
            try {
                var described = executions.describe(execution); // before the states, so that the last one is printed
                look.run();
                if (described.status() != ExecutionStatus.RUNNING) {
                    return described;
                }
                failures = 0;
            } catch (SdkException e) {
                failures++;
                if (failures > MOST_FAILURES || stopped.getAsBoolean()) {
                    throw e;
                }
            }
            // Step Functions has no call that waits for an execution.
            Pause.of(poll, "interrupted; the workflow continues to run");
        }
    }

    private void sayStates(Execution execution, Set<Long> said) {
        for (var state : executions.states(execution)) {
            if (said.add(state.event())) {
                progress.sayAt(state.at(), "  " + state.name());
                if (state.name().equals(WorkflowField.AWAIT_APPROVAL_STATE)) {
                    progress.say("  ./vowcheck status says what waits, and ./vowcheck approve VERSION --reason TEXT%s"
                                    .formatted(executions.stage().option())
                            + " approves it");
                }
            }
        }
    }

    private String output(DescribeExecutionResponse execution) {
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            return execution.output();
        }
        throw ExecutionEnd.failure(executions.stage(), execution);
    }
}
