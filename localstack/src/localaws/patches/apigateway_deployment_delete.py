"""Deleting an AWS::ApiGateway::Deployment deletes every stage of its API: GetStages ignores `deploymentId`. CDK makes a
new Deployment at each change and deletes the old one, after which the API is gone.

Not needed once GetStages with the id of no deployment gives no stages.
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
        pass  # the API has gone before
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)


def apply() -> None:
    ApiGatewayDeploymentProvider.delete = delete
