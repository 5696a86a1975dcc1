"""A resource whose type is not emulated is reported as created. Its id and attributes are the word `unknown`, which
breaks other resources or, worse, goes unnoticed. LocalStack's own switch (CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES=0)
consults a catalogue that does not contain the types of this package, and ignores types that LocalStack only pretends to
support.

Here such a type fails its stack with an error that names it, unless settings.PRETENDED_TYPES contains it.

Not needed once a stack with a type that has no provider fails without this patch, and PRETENDED is empty.
"""

from typing import Any

from localstack.services.cloudformation.engine.v2.change_set_model_executor import ChangeSetModelExecutor
from localstack.services.cloudformation.resource_provider import (
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceProviderExecutor,
)

from localaws import settings

PRETENDED = frozenset(
    {
        "AWS::CloudFormation::WaitCondition",  # does not wait
        "AWS::ECR::Repository",  # the API does not know it
        "AWS::SecretsManager::RotationSchedule",  # rotates nothing
    }
)
"""Types whose provider in LocalStack calls no API: it only makes up an id."""


class NotEmulated(ResourceProvider):
    """Fails with an error that names the type. Deleting succeeds, so that the failed stack can be deleted."""

    def __init__(self, resource_type: str) -> None:
        self.TYPE = resource_type
        self.SCHEMA = {"typeName": resource_type, "primaryIdentifier": []}

    def create(self, request: Any) -> ProgressEvent:
        reason = f"Resource type {self.TYPE} is not emulated here and not listed in LOCALAWS_PRETENDED_TYPES"
        return ProgressEvent(OperationStatus.FAILED, resource_model={}, message=reason)

    update = create

    def delete(self, request: Any) -> ProgressEvent:
        return ProgressEvent(OperationStatus.SUCCESS, resource_model={})


def provider_of(resource_type: str) -> ResourceProvider | None:
    """None selects LocalStack's fallback, which only pretends to create the resource."""
    provider = ResourceProviderExecutor.try_load_resource_provider(resource_type)
    if resource_type in settings.PRETENDED_TYPES:
        return provider
    if provider is None or resource_type in PRETENDED:
        return NotEmulated(resource_type)
    return provider


def apply() -> None:
    original = ChangeSetModelExecutor.__init__

    def __init__(self: ChangeSetModelExecutor, change_set: Any) -> None:
        original(self, change_set)
        self.resource_provider_executor.try_load_resource_provider = provider_of

    ChangeSetModelExecutor.__init__ = __init__
