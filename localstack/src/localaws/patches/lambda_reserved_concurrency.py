"""CloudFormation ignores ReservedConcurrentExecutions of an AWS::Lambda::Function: the function has no limit.

Not needed once LambdaFunctionProvider calls put_function_concurrency.
"""

from collections.abc import Callable
from typing import Any

from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent
from localstack.services.lambda_.resource_providers.aws_lambda_function import LambdaFunctionProvider

PROPERTY = "ReservedConcurrentExecutions"


def reserving(original: Callable[[Any, Any], ProgressEvent]) -> Callable[[Any, Any], ProgressEvent]:
    def act(self: LambdaFunctionProvider, request: Any) -> ProgressEvent:
        event = original(self, request)
        if event.status == OperationStatus.SUCCESS:
            wanted, former = request.desired_state.get(PROPERTY), (request.previous_state or {}).get(PROPERTY)
            client, name = request.aws_client_factory.lambda_, event.resource_model["FunctionName"]
            if wanted is not None:
                client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=int(wanted))
            elif former is not None:
                client.delete_function_concurrency(FunctionName=name)
        return event

    return act


def apply() -> None:
    LambdaFunctionProvider.create = reserving(LambdaFunctionProvider.create)
    LambdaFunctionProvider.update = reserving(LambdaFunctionProvider.update)
