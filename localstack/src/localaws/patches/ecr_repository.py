"""AWS::ECR::Repository creates no repository, but the CLI's `cdk deploy` with an image asset asks ECR for the
repository that `cdk bootstrap` created.

Not needed once ecr:DescribeRepositories lists the repository of `cdk bootstrap`.
"""

import contextlib
from typing import Any

from localstack.services.cloudformation.resource_provider import ProgressEvent
from localstack.services.ecr.resource_providers.aws_ecr_repository import ECRRepositoryProvider


def apply() -> None:
    original, original_delete = ECRRepositoryProvider.create, ECRRepositoryProvider.delete

    def create(self: ECRRepositoryProvider, request: Any) -> ProgressEvent:
        event, ecr = original(self, request), request.aws_client_factory.ecr
        made = ecr.create_repository(repositoryName=event.resource_model["RepositoryName"])["repository"]
        event.resource_model["RepositoryUri"] = made["repositoryUri"]
        return event

    def delete(self: ECRRepositoryProvider, request: Any) -> ProgressEvent:
        ecr = request.aws_client_factory.ecr
        with contextlib.suppress(ecr.exceptions.RepositoryNotFoundException):
            ecr.delete_repository(repositoryName=request.desired_state["RepositoryName"], force=True)
        return original_delete(self, request)

    ECRRepositoryProvider.create, ECRRepositoryProvider.delete = create, delete
