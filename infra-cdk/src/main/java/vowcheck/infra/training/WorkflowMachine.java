package vowcheck.infra.training;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.IChainable;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachineType;
import software.constructs.Construct;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// A state machine with what all of them have in common: a name, traces, and a log of its steps without their
/// inputs and outputs.
final class WorkflowMachine extends Construct {
    private final StateMachine machine;

    WorkflowMachine(Construct scope, String id, Stage stage, String name, Duration timeout, IChainable first) {
        super(scope, id);
        var machineName = stage.resourceName(name);
        machine = StateMachine.Builder.create(this, "Machine")
                .stateMachineName(machineName)
                .stateMachineType(StateMachineType.STANDARD)
                .definitionBody(DefinitionBody.fromChainable(first))
                .timeout(timeout)
                .tracingEnabled(true)
                .logs(LogOptions.builder()
                        // This prefix keeps CloudWatch's resource policy short, however many log groups there are.
                        .destination(LogGroup.Builder.create(this, "Logs")
                                .logGroupName("/aws/vendedlogs/states/" + machineName)
                                .retention(stage.observation().logRetention())
                                .removalPolicy(stage.dataRemoval())
                                .build())
                        .level(LogLevel.ALL)
                        .includeExecutionData(false)
                        .build())
                .build();
        Nag.accept(
                this,
                "AwsSolutions-IAM5",
                "Log deliveries, X-Ray and the stop of started tasks have no narrower resource; PoliciesTest lists every wildcard");
    }

    StateMachine machine() {
        return machine;
    }
}
