package vowcheck.adapters.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import vowcheck.adapters.aws.AwsEndpoint;
import vowcheck.core.workflow.Execution;
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
        "RUNNING, true",
        "PENDING_REDRIVE, true",
        "SUCCEEDED, false",
        "FAILED, false",
        "TIMED_OUT, false",
        "ABORTED, false"
    })
    void anExecutionRunsUntilItsStatusSaysThatItEnded(String status, boolean runs) {
        aws.answers(200, Map.of(), """
                {"executionArn":"%s","name":"one","startDate":1.7485632E9,"status":"%s",\
                "stateMachineArn":"arn:aws:states:eu-central-1:1:stateMachine:training"}""".formatted(ONE.id(), status));

        assertThat(executions.runs(ONE)).isEqualTo(runs);
        assertThat(aws.asked())
                .isEqualTo(new AwsEndpoint.Asked(
                        "/", "AWSStepFunctions.DescribeExecution", "{\"executionArn\":\"%s\"}".formatted(ONE.id())));
    }

    @Test
    void anExecutionThatIsNotKnownDoesNotRun() {
        aws.answers(400, Map.of(), """
                {"__type":"com.amazonaws.swf.service.v2.model#ExecutionDoesNotExist",\
                "message":"Execution Does Not Exist"}""");

        assertThat(executions.runs(ONE)).isFalse();
    }

    /// It may run: its lock must not be taken from it.
    @Test
    void anExecutionThatCannotBeAskedForIsNotSaidToHaveEnded() {
        aws.denies();

        assertThatThrownBy(() -> executions.runs(ONE))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessage("Step Functions did not describe the execution one");
    }
}
