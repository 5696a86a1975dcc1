package vowcheck.adapters.workflow;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.Executions;
import vowcheck.core.workflow.WorkflowUnavailable;

/// The executions of the training workflow in Step Functions, by their ARNs.
public final class StepFunctionsExecutions implements Executions {

    private final SfnClient stepFunctions;

    public StepFunctionsExecutions(SfnClient stepFunctions) {
        this.stepFunctions = stepFunctions;
    }

    @Override
    public boolean runs(Execution execution) {
        try {
            var status = stepFunctions
                    .describeExecution(request -> request.executionArn(execution.id()))
                    .status();
            return status == ExecutionStatus.RUNNING || status == ExecutionStatus.PENDING_REDRIVE;
        } catch (ExecutionDoesNotExistException e) {
            return false;
        } catch (SdkException e) {
            throw new WorkflowUnavailable(
                    "Step Functions did not describe the execution %s".formatted(execution.name()), e);
        }
    }
}
