package vowcheck.infra.training;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.stepfunctions.IntegrationPattern;
import software.amazon.awscdk.services.stepfunctions.JsonPath;
import software.amazon.awscdk.services.stepfunctions.TaskInput;
import software.amazon.awscdk.services.stepfunctions.Timeout;
import software.amazon.awscdk.services.stepfunctions.tasks.LambdaInvoke;
import software.constructs.Construct;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.core.workflow.WorkflowStep;
import vowcheck.infra.programs.HandlerFunction;

/// A state that has the workflow's function carry out a step: its event is `{"step","execution","input"}`, with
/// the ARN and the input of the execution.
final class StepTask {
    /// Longer than the function's own timeout, so that the function has certainly ended.
    static final Duration TIMEOUT = Duration.seconds(150);

    private StepTask() {}

    /// @param fields what the event has besides
    /// @param resultPath where the answer goes
    static LambdaInvoke of(
            Construct scope,
            String state,
            HandlerFunction function,
            WorkflowStep step,
            Map<String, ?> fields,
            String resultPath) {
        var invoke = LambdaInvoke.Builder.create(scope, state)
                .lambdaFunction(function.live())
                .payloadResponseOnly(true)
                .retryOnServiceExceptions(false)
                .payload(TaskInput.fromObject(event(step, fields)))
                .resultPath(resultPath)
                .taskTimeout(Timeout.duration(TIMEOUT))
                .build();
        invoke.addRetry(Retries.lambda());
        return invoke;
    }

    /// A state that has the function record a token, and waits until somebody answers by that token.
    ///
    /// @param timeout how long it waits; then it fails by `States.Timeout`
    /// @param resultPath where that person's answer goes
    static LambdaInvoke awaitingAnswer(
            Construct scope,
            String state,
            HandlerFunction function,
            WorkflowStep step,
            Duration timeout,
            String resultPath) {
        var invoke = LambdaInvoke.Builder.create(scope, state)
                .lambdaFunction(function.live())
                .integrationPattern(IntegrationPattern.WAIT_FOR_TASK_TOKEN)
                .retryOnServiceExceptions(false)
                .payload(TaskInput.fromObject(event(step, Map.of(WorkflowField.TOKEN, JsonPath.getTaskToken()))))
                .resultPath(resultPath)
                .taskTimeout(Timeout.duration(timeout))
                .build();
        invoke.addRetry(Retries.asking());
        return invoke;
    }

    private static Map<String, Object> event(WorkflowStep step, Map<String, ?> fields) {
        // The order of an unsorted map differs between runs, and so would the definition.
        var event = new TreeMap<String, Object>(fields);
        event.put(WorkflowField.STEP, step.fieldValue());
        event.put(WorkflowField.EXECUTION, JsonPath.stringAt("$$.Execution.Id"));
        event.put(WorkflowField.INPUT, JsonPath.objectAt("$$.Execution.Input"));
        return event;
    }
}
