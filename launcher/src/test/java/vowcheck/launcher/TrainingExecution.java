package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.LambdaFunctionFailedEventDetails;
import vowcheck.adapters.deployment.StageName;

/// One execution of the training workflow, which tests interfere with while it runs.
public final class TrainingExecution {

    private final SfnClient stepFunctions;
    private final String arn;

    public TrainingExecution(SfnClient stepFunctions, String arn) {
        this.stepFunctions = stepFunctions;
        this.arn = arn;
    }

    /// Its name, which is in its task's environment and its objects' keys.
    public String name() {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    /// Waits until it has entered a state.
    public void awaitState(String state) {
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(stepFunctions
                                .getExecutionHistoryPaginator(request -> request.executionArn(arn))
                                .events())
                        .anyMatch(event -> event.stateEnteredEventDetails() != null
                                && event.stateEnteredEventDetails().name().equals(state)));
    }

    /// The errors with which functions have failed so far.
    List<String> failedAttempts() {
        return stepFunctions.getExecutionHistoryPaginator(request -> request.executionArn(arn)).events().stream()
                .map(HistoryEvent::lambdaFunctionFailedEventDetails)
                .filter(Objects::nonNull)
                .map(LambdaFunctionFailedEventDetails::error)
                .toList();
    }

    boolean runs() {
        return describe().status() == ExecutionStatus.RUNNING;
    }

    /// Waits for its end.
    public DescribeExecutionResponse awaitEnd() {
        return await().atMost(LocalSystem.PATIENCE)
                .until(this::describe, execution -> execution.status() != ExecutionStatus.RUNNING);
    }

    /// Waits for its end; returns the sentence by which people learn that it failed.
    public String awaitFailure() {
        var end = awaitEnd();
        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        return ExecutionEnd.sentence(StageName.LOCAL, end);
    }

    /// Stops it by hand.
    void stop() {
        stepFunctions.stopExecution(request -> request.executionArn(arn));
    }

    private DescribeExecutionResponse describe() {
        return stepFunctions.describeExecution(request -> request.executionArn(arn));
    }
}
