package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.adapters.deployment.StageName;

class ExecutionEndTest {

    @Test
    void aPlainCauseIsRepeated() {
        assertThat(sentence(
                        ExecutionStatus.FAILED, "States.TaskFailed", "0 rows to train, expected some of both labels"))
                .isEqualTo("the workflow failed: 0 rows to train, expected some of both labels");
    }

    @Test
    void aFailedFunctionIsDescribedByItsMessage() {
        assertThat(sentence(ExecutionStatus.FAILED, "vowcheck.core.workflow.InvalidCutoff", """
            {"errorMessage":"the cutoff is 'soon'","errorType":"…InvalidCutoff","stackTrace":["…"]}\
            """))
                .isEqualTo("the workflow failed: the cutoff is 'soon'");
    }

    @Test
    void whoeverStartedASecondTrainingLearnsHowToFollowTheOneThatRuns() {
        assertThat(sentence(ExecutionStatus.FAILED, "vowcheck.core.workflow.AnotherTrainingRuns", """
            {"errorMessage":"the replay year is running, expected none","errorType":"…AnotherTrainingRuns"}\
            """))
                .isEqualTo("the replay year is running: follow it with ./vowcheck follow year,"
                        + " and start again when it has ended");
    }

    @Test
    void aFailedRestorationIsNamedAfterTheFirstFailure() {
        assertThat(sentence(ExecutionStatus.FAILED, "Unhandled", """
            {"cause":"{\\"errorMessage\\":\\"version 7 could not be tried\\"}",
             "restoreCause":"{\\"errorMessage\\":\\"no MLflow\\"}"}\
            """))
                .isEqualTo("the workflow failed: version 7 could not be tried AND NOT RESTORED: no MLflow");
    }

    @Test
    void aFailedTaskIsDescribedByItsExitCode() {
        assertThat(sentence(ExecutionStatus.FAILED, "States.TaskFailed", """
            {"Containers":[{"ExitCode":137,"Name":"training","Reason":"OutOfMemoryError: killed"}],
             "StopCode":"EssentialContainerExited","StoppedReason":"Essential container in task exited"}\
            """))
                .isEqualTo("the workflow failed: Essential container in task exited"
                        + " (training with exit code 137, OutOfMemoryError: killed)");
    }

    @Test
    void aContainerThatNeverStartedHasNoExitCode() {
        assertThat(sentence(ExecutionStatus.FAILED, "States.TaskFailed", """
            {"Containers":[{"Name":"training","Reason":"CannotPullContainerError: no such image"}],
             "StoppedReason":"Task failed to start"}\
            """))
                .isEqualTo("the workflow failed: Task failed to start"
                        + " (training, CannotPullContainerError: no such image)");
    }

    @Test
    void aFailedTrainingOfAReplayIsDescribedByItsCause() {
        assertThat(sentence(ExecutionStatus.FAILED, "States.TaskFailed", """
            {"ExecutionArn":"arn:aws:states:eu-central-1:1:execution:vowcheck-dev-training:one","Name":"one",
             "Status":"FAILED","Error":"…","Cause":"{\\"errorMessage\\":\\"0 rows to train\\"}"}\
            """))
                .isEqualTo("the workflow failed: its training one: 0 rows to train");
        assertThat(sentence(ExecutionStatus.FAILED, "States.TaskFailed", """
            {"ExecutionArn":"arn:aws:states:eu-central-1:1:execution:vowcheck-dev-training:one","Name":"one",
             "Status":"ABORTED"}\
            """))
                .isEqualTo("the workflow failed: its training one: ABORTED");
    }

    @Test
    void aFailedReplayIsDescribedWithTheNotesOfItsRestoration() {
        assertThat(sentence(ExecutionStatus.FAILED, "Unhandled", """
            {"cause":"{\\"errorMessage\\":\\"0 rows to train\\"}","notes":["version 1 stays"]}"""))
                .isEqualTo("the workflow failed: 0 rows to train; note: version 1 stays");
    }

    @Test
    void anyOtherFailureIsDescribedByErrorAndCause() {
        assertThat(sentence(ExecutionStatus.FAILED, "States.Timeout", null))
                .isEqualTo("the workflow failed: States.Timeout");
        assertThat(sentence(ExecutionStatus.FAILED, "S3.NoSuchBucket", "{\"bucket\":\"models\"}"))
                .isEqualTo("the workflow failed: S3.NoSuchBucket: {\"bucket\":\"models\"}");
    }

    @Test
    void anExecutionThatWasStoppedOrTooSlowNeedsNoCause() {
        assertThat(sentence(ExecutionStatus.ABORTED, null, null)).isEqualTo("the workflow was stopped");
        assertThat(sentence(ExecutionStatus.ABORTED, null, "by Ada")).isEqualTo("the workflow was stopped: by Ada");
        assertThat(sentence(ExecutionStatus.TIMED_OUT, null, null)).isEqualTo("the workflow took longer than it may");
    }

    private static String sentence(ExecutionStatus status, @Nullable String error, @Nullable String cause) {
        return ExecutionEnd.sentence(
                StageName.LOCAL,
                DescribeExecutionResponse.builder()
                        .status(status)
                        .error(error)
                        .cause(cause)
                        .build());
    }
}
