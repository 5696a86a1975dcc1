"""An update of a resource type that LocalStack cannot update (about 80 types) is reported as successful, but
changes nothing.

Here, a type whose create operation is idempotent is created again. Any other type fails with an error that names the
changed properties. Properties are compared by value, because the engine considers every dynamic reference changed.

Not needed once `ResourceProviderExecutor.execute_action` does not turn NotImplementedError into success.
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

CREATED_AGAIN = frozenset(
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
    """A comparable form: numbers and booleans may also be strings, and providers convert between them."""
    if isinstance(value, dict):
        return json.dumps({key: normal(inner) for key, inner in sorted(value.items())})
    if isinstance(value, list):
        return json.dumps([normal(inner) for inner in value])
    return str(value).lower() if isinstance(value, bool) else str(value)


def differing(desired: dict[str, Any], previous: dict[str, Any]) -> list[str]:
    return sorted(name for name, value in desired.items() if normal(value) != normal(previous.get(name)))


def failing_instead_of_ignoring(provider: ResourceProvider) -> Callable[[Any], ProgressEvent]:
    update = provider.update

    def update_or_fail(request: Any) -> ProgressEvent:
        try:
            return update(request)
        except NotImplementedError:
            previous = request.previous_state or {}
            changed = differing(request.desired_state, previous)
        if not changed:
            return ProgressEvent(OperationStatus.SUCCESS, resource_model=previous)
        if request.resource_type in CREATED_AGAIN:
            paths = [*provider.SCHEMA["primaryIdentifier"], *provider.SCHEMA.get("createOnlyProperties", [])]
            identity = {path.split("/")[2] for path in paths}  # including a generated name
            request.desired_state |= {name: previous[name] for name in identity if name in previous}
            return provider.create(request)
        reason = f"An update of {', '.join(changed)} of {request.resource_type} is not emulated here"
        return ProgressEvent(OperationStatus.FAILED, resource_model=previous, message=reason)

    return update_or_fail


def apply() -> None:
    original = ResourceProviderExecutor.execute_action

    def execute_action(self: ResourceProviderExecutor, provider: ResourceProvider, payload: Any) -> ProgressEvent:
        if payload["action"] in ("Modify", "Dynamic"):
            provider.update = failing_instead_of_ignoring(provider)  # each action has its own object
        return original(self, provider, payload)

    ResourceProviderExecutor.execute_action = execute_action
