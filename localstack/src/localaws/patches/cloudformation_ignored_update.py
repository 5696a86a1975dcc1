"""An update of a type that LocalStack cannot update (some 80 of them) "succeeds" and changes nothing.

Here a type whose create is a put is put again; any other fails by name when a property really differs, and not when
only the engine thinks so (it takes every dynamic reference for a change). Not needed once
`ResourceProviderExecutor.execute_action` does not turn NotImplementedError into success.
"""

import json
from collections.abc import Callable
from typing import Any

from localstack.services.cloudformation.resource_provider import (
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceProviderExecutor,
)

PUT_AGAIN = frozenset(
    {
        "AWS::ApiGateway::Account",
        "AWS::ApiGateway::GatewayResponse",
        "AWS::CDK::Metadata",
        "AWS::CloudWatch::Alarm",
        "AWS::S3::BucketPolicy",
        "AWS::SNS::TopicPolicy",
        "AWS::SecretsManager::SecretTargetAttachment",
    }
)


def normal(value: Any) -> str:
    """Template numbers and booleans may be strings, and providers turn them into each other."""
    if isinstance(value, dict):
        return json.dumps({key: normal(inner) for key, inner in sorted(value.items())})
    if isinstance(value, list):
        return json.dumps([normal(inner) for inner in value])
    return str(value).lower() if isinstance(value, bool) else str(value)


def differing(desired: dict[str, Any], previous: dict[str, Any]) -> list[str]:
    return sorted(name for name, value in desired.items() if normal(value) != normal(previous.get(name)))


def loud(provider: ResourceProvider) -> Callable[[Any], ProgressEvent]:
    update = provider.update

    def update_or_fail(request: Any) -> ProgressEvent:
        try:
            return update(request)
        except NotImplementedError:
            previous = request.previous_state or {}
            changed = differing(request.desired_state, previous)
        if not changed:
            return ProgressEvent(OperationStatus.SUCCESS, resource_model=previous)
        if request.resource_type in PUT_AGAIN:
            paths = [*provider.SCHEMA["primaryIdentifier"], *provider.SCHEMA.get("createOnlyProperties", [])]
            identity = {path.split("/")[2] for path in paths}  # a generated name among them
            request.desired_state |= {name: previous[name] for name in identity if name in previous}
            return provider.create(request)
        reason = f"An update of {', '.join(changed)} of {request.resource_type} is not emulated here"
        return ProgressEvent(OperationStatus.FAILED, resource_model=previous, message=reason)

    return update_or_fail


def apply() -> None:
    original = ResourceProviderExecutor.execute_action

    def execute_action(self: ResourceProviderExecutor, provider: ResourceProvider, payload: Any) -> ProgressEvent:
        if payload["action"] in ("Modify", "Dynamic"):
            provider.update = loud(provider)  # one object for each action
        return original(self, provider, payload)

    ResourceProviderExecutor.execute_action = execute_action
