package vowcheck.adapters.workflow;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import vowcheck.core.workflow.ApprovalAnswer;
import vowcheck.core.workflow.WaitingExecutions;
import vowcheck.core.workflow.WorkflowUnavailable;

/// Gives executions in Step Functions the answer that they wait for.
public final class StepFunctionsAnswers implements WaitingExecutions {

    private final SfnClient stepFunctions;

    public StepFunctionsAnswers(SfnClient stepFunctions) {
        this.stepFunctions = stepFunctions;
    }

    @Override
    public boolean resume(String token, ApprovalAnswer answer) {
        try {
            stepFunctions.sendTaskSuccess(request -> request.taskToken(token).output(ApprovalAnswerJson.write(answer)));
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            return false;
        } catch (SdkException e) {
            throw new WorkflowUnavailable("Step Functions did not take the answer", e);
        }
    }
}
