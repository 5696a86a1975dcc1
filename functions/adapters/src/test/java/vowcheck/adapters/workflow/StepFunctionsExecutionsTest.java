package vowcheck.adapters.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import vowcheck.adapters.aws.AwsEndpoint;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.ExecutionState;
import vowcheck.core.workflow.WorkflowUnavailable;

class StepFunctionsExecutionsTest {

    private static final Execution ONE = new Execution("arn:aws:states:eu-central-1:1:execution:training:one");

    private final AwsEndpoint aws = new AwsEndpoint();
    private final StepFunctionsExecutions executions = new StepFunctionsExecutions(aws.client(SfnClient.builder()));

    @AfterEach
    void close() {
        aws.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, RUNNING",
        "PENDING_REDRIVE, RUNNING",
        "SUCCEEDED, SUCCEEDED",
        "FAILED, FAILED",
        "TIMED_OUT, FAILED",
        "ABORTED, FAILED"
    })
    void anExecutionRunsUntilItsStatusSaysHowItEnded(String status, ExecutionState state) {
        aws.answers(200, Map.of(), """
                {"executionArn":"%s","name":"one","startDate":1.7485632E9,"status":"%s",\
                "stateMachineArn":"arn:aws:states:eu-central-1:1:stateMachine:training"}""".formatted(ONE.id(), status));

        assertThat(executions.state(ONE)).isEqualTo(state);
        assertThat(aws.asked())
                .isEqualTo(new AwsEndpoint.Asked(
                        "/", "AWSStepFunctions.DescribeExecution", "{\"executionArn\":\"%s\"}".formatted(ONE.id())));
    }

    /// The second one is the answer to a name that cannot be one.
    @ParameterizedTest
    @ValueSource(strings = {"ExecutionDoesNotExist", "InvalidArn"})
    void anExecutionThatIsNotKnownDoesNotRun(String error) {
        aws.answers(400, Map.of(), """
                {"__type":"com.amazonaws.swf.service.v2.model#%s","message":"No"}""".formatted(error));

        assertThat(executions.state(ONE)).isEqualTo(ExecutionState.UNKNOWN);
        assertThat(executions.runs(ONE)).isFalse();
    }

    @Test
    void aStatusThatThisBuildDoesNotKnowIsNotSaidToBeAnEnd() {
        aws.answers(200, Map.of(), """
                {"executionArn":"%s","name":"one","startDate":1.7485632E9,"status":"PAUSED",\
                "stateMachineArn":"arn:aws:states:eu-central-1:1:stateMachine:training"}""".formatted(ONE.id()));

        assertThatThrownBy(() -> executions.state(ONE))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessage("Step Functions gives the execution one the status PAUSED, which is new");
    }

    /// It may run: its lock must not be taken from it.
    @Test
    void anExecutionThatCannotBeAskedForIsNotSaidToHaveEnded() {
        aws.denies();

        assertThatThrownBy(() -> executions.state(ONE))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessage("Step Functions did not describe the execution one");
    }
}
