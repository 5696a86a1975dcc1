"""Deleting an AWS::ApiGateway::Deployment deletes every stage of its API, because GetStages ignores `deploymentId`. CDK
creates a new Deployment at each change and deletes the old one; after that the API cannot be called.

Not needed once GetStages with an unknown deployment id returns no stages.
"""

from typing import Any

from localstack.services.apigateway.resource_providers.aws_apigateway_deployment import ApiGatewayDeploymentProvider
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent


def delete(self: ApiGatewayDeploymentProvider, request: Any) -> ProgressEvent:
    api, model = request.aws_client_factory.apigateway, request.desired_state
    here = {"restApiId": model["RestApiId"]}
    try:
        for stage in api.get_stages(**here)["item"]:
            if stage["deploymentId"] == model["DeploymentId"]:
                api.delete_stage(**here, stageName=stage["stageName"])
        api.delete_deployment(**here, deploymentId=model["DeploymentId"])
    except api.exceptions.NotFoundException:
        pass  # the API was deleted first
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)


def apply() -> None:
    ApiGatewayDeploymentProvider.delete = delete
