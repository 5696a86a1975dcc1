package vowcheck.adapters.workflow;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.ExecutionState;
import vowcheck.core.workflow.Executions;
import vowcheck.core.workflow.WorkflowUnavailable;

/// The executions of the training workflow in Step Functions, by their ARNs.
public final class StepFunctionsExecutions implements Executions {

    private final SfnClient stepFunctions;

    public StepFunctionsExecutions(SfnClient stepFunctions) {
        this.stepFunctions = stepFunctions;
    }

    @Override
    public ExecutionState state(Execution execution) {
        try {
            var described = stepFunctions.describeExecution(request -> request.executionArn(execution.id()));
            return switch (described.status()) {
                case RUNNING, PENDING_REDRIVE -> ExecutionState.RUNNING;
                case SUCCEEDED -> ExecutionState.SUCCEEDED;
                case FAILED, ABORTED, TIMED_OUT -> ExecutionState.FAILED;
                case UNKNOWN_TO_SDK_VERSION ->
                    throw new WorkflowUnavailable("Step Functions gives the execution %s the status %s, which is new"
                            .formatted(execution.name(), described.statusAsString()));
            };
        } catch (ExecutionDoesNotExistException | InvalidArnException e) {
            return ExecutionState.UNKNOWN;
        } catch (SdkException e) {
            throw new WorkflowUnavailable(
                    "Step Functions did not describe the execution %s".formatted(execution.name()), e);
        }
    }
}
