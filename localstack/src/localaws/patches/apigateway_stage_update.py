"""AWS::ApiGateway::Stage cannot be updated: the stage stays on the old Deployment when the API changes.

Not needed once ApiGatewayStageProvider.update does not raise NotImplementedError.
"""

from typing import Any

from localstack.services.apigateway.resource_providers.aws_apigateway_stage import ApiGatewayStageProvider
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent


def update(self: ApiGatewayStageProvider, request: Any) -> ProgressEvent:
    model, old = request.desired_state, request.previous_state or {}
    model.setdefault("StageName", old.get("StageName") or "default")
    new, gone = model.get("Variables") or {}, old.get("Variables") or {}
    operations = [
        {"op": "replace", "path": "/deploymentId", "value": model["DeploymentId"]},
        *({"op": "replace", "path": f"/variables/{name}", "value": str(value)} for name, value in new.items()),
        *({"op": "remove", "path": f"/variables/{name}"} for name in gone.keys() - new.keys()),
    ]
    request.aws_client_factory.apigateway.update_stage(
        restApiId=model["RestApiId"], stageName=model["StageName"], patchOperations=operations
    )
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)


def apply() -> None:
    ApiGatewayStageProvider.update = update
