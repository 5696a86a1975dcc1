"""AWS::Lambda::Alias cannot be updated: after a change of the function, its alias still points to the old version.

Not needed once LambdaAliasProvider.update does not raise NotImplementedError.
"""

from typing import Any

from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent
from localstack.services.lambda_.resource_providers.lambda_alias import LambdaAliasProvider


def update(self: LambdaAliasProvider, request: Any) -> ProgressEvent:
    model = request.desired_state
    arguments = {k: model[k] for k in ("FunctionName", "FunctionVersion", "Name", "Description") if k in model}
    model["Id"] = request.aws_client_factory.lambda_.update_alias(**arguments)["AliasArn"]
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)


def apply() -> None:
    LambdaAliasProvider.update = update
