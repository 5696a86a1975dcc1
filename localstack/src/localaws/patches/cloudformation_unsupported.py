"""A resource of a type that nobody emulates "succeeds": its id and attributes are the word `unknown`, which then breaks
other resources or, worse, nothing. LocalStack's own switch (CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES=0) asks a catalogue
that does not know the types of this package, and says nothing about types that LocalStack only pretends to know.

Here such a type fails its stack by name, unless settings.PRETENDED_TYPES holds it. Not needed once a stack with a type
that has no provider fails without, and PRETENDED is empty.
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
        "AWS::SecretsManager::RotationSchedule",  # rotates nothing
    }
)
"""Types whose provider in LocalStack calls no API at all: they only invent an id."""


class NotEmulated(ResourceProvider):
    """Fails by name; deleting what was never made succeeds, so that the failed stack can be deleted."""

    def __init__(self, resource_type: str) -> None:
        self.TYPE = resource_type
        self.SCHEMA = {"typeName": resource_type, "primaryIdentifier": []}

    def create(self, request: Any) -> ProgressEvent:
        reason = f"Resource type {self.TYPE} is not emulated here and LOCALAWS_PRETENDED_TYPES does not hold it"
        return ProgressEvent(OperationStatus.FAILED, resource_model={}, message=reason)

    update = create

    def delete(self, request: Any) -> ProgressEvent:
        return ProgressEvent(OperationStatus.SUCCESS, resource_model={})


def provider_of(resource_type: str) -> ResourceProvider | None:
    """None: LocalStack's fallback, which pretends."""
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
