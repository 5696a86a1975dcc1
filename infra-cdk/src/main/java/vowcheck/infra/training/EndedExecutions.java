package vowcheck.infra.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.core.workflow.WorkflowStep;
import vowcheck.infra.observation.UndeliveredEvents;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.infra.stage.Stage;

/// A rule for the executions that end abnormally: one that is stopped or times out reaches no state that
/// restores. For one that failed, and has been restored already, the step changes nothing.
final class EndedExecutions {

    private EndedExecutions() {}

    /// Has the workflow's function carry out a step after each of them.
    static void restore(
            Construct scope,
            Stage stage,
            String name,
            String description,
            StateMachine machine,
            HandlerFunction function,
            WorkflowStep step,
            UndeliveredEvents undelivered) {
        Rule.Builder.create(scope, "Ended")
                .ruleName(stage.resourceName(name))
                .description(description)
                .eventPattern(EventPattern.builder()
                        .source(List.of("aws.states"))
                        .detailType(List.of("Step Functions Execution Status Change"))
                        .detail(new TreeMap<>(Map.of(
                                "stateMachineArn",
                                List.of(machine.getStateMachineArn()),
                                "status",
                                List.of("ABORTED", "FAILED", "TIMED_OUT"))))
                        .build())
                .targets(List.of(LambdaFunction.Builder.create(function.live())
                        .deadLetterQueue(undelivered.queue())
                        .event(RuleTargetInput.fromObject(new TreeMap<>(Map.of(
                                WorkflowField.STEP,
                                step.fieldValue(),
                                WorkflowField.EXECUTION,
                                EventField.fromPath("$.detail.executionArn")))))
                        .build()))
                .build();
    }
}
