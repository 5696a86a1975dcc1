"""After an update, an AWS::StepFunctions::StateMachine has no name (GetAtt Name) and still uses its old role.

Not needed once StepFunctionsStateMachineProvider.update sets Name and passes roleArn.
"""

from typing import Any

from localstack.services.cloudformation.resource_provider import ProgressEvent
from localstack.services.stepfunctions.resource_providers.aws_stepfunctions_statemachine import (
    StepFunctionsStateMachineProvider,
)


def apply() -> None:
    original = StepFunctionsStateMachineProvider.update

    def update(self: StepFunctionsStateMachineProvider, request: Any) -> ProgressEvent:
        model, old = request.desired_state, request.previous_state or {}
        model |= {name: old[name] for name in ("StateMachineName", "Name", "Arn") if name in old and name not in model}
        event = original(self, request)
        request.aws_client_factory.stepfunctions.update_state_machine(
            stateMachineArn=model["Arn"], roleArn=model["RoleArn"]
        )
        return event

    StepFunctionsStateMachineProvider.update = update
