package vowcheck.launcher;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.Progress;

/// Runs one of the stage's state machines and follows it from state to state.
final class Workflow {

    private static final long POLL_MILLIS = 250;

    private final SfnClient stepFunctions;
    private final String stateMachineArn;
    private final Progress progress;

    Workflow(SfnClient stepFunctions, String stateMachineArn, Progress progress) {
        this.stepFunctions = stepFunctions;
        this.stateMachineArn = stateMachineArn;
        this.progress = progress;
    }

    /// Starts an execution, prints each state as it is entered, and returns the execution's output, a JSON document.
    ///
    /// Throws [CommandFailed] with the error and its cause when the execution does not succeed.
    String run(String input) {
        var arn = stepFunctions
                .startExecution(
                        request -> request.stateMachineArn(stateMachineArn).input(input))
                .executionArn();
        Set<Long> said = new HashSet<>();
        while (true) {
            var execution = stepFunctions.describeExecution(request -> request.executionArn(arn));
            sayStates(arn, said);
            if (execution.status() != ExecutionStatus.RUNNING) {
                return output(execution);
            }
            pause();
        }
    }

    private void sayStates(String arn, Set<Long> said) {
        for (var event : events(arn)) {
            if (event.stateEnteredEventDetails() != null && said.add(event.id())) {
                progress.say("  " + event.stateEnteredEventDetails().name());
            }
        }
    }

    private List<HistoryEvent> events(String arn) {
        List<HistoryEvent> events = new ArrayList<>();
        stepFunctions
                .getExecutionHistoryPaginator(request -> request.executionArn(arn))
                .events()
                .forEach(events::add);
        return events;
    }

    private static String output(DescribeExecutionResponse execution) {
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            return execution.output();
        }
        throw new CommandFailed(ExecutionEnd.sentence(execution));
    }

    /// Step Functions has no call that waits for an execution.
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted; the workflow continues to run", e);
        }
    }
}
