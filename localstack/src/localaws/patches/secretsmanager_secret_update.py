"""AWS::SecretsManager::Secret cannot be updated, not even its description.

Here, a changed description is written. A change of any other property still fails by name: see
cloudformation_ignored_update.py.

Not needed once SecretsManagerSecretProvider.update does not raise NotImplementedError.
"""

from typing import Any

from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent
from localstack.services.secretsmanager.resource_providers.aws_secretsmanager_secret import (
    SecretsManagerSecretProvider,
)

from localaws.patches.cloudformation_ignored_update import differing


def update(self: SecretsManagerSecretProvider, request: Any) -> ProgressEvent:
    model, old = request.desired_state, request.previous_state or {}
    model |= {name: old[name] for name in ("Id", "Name") if name in old and name not in model}
    if set(differing(model, old)) - {"Description"}:
        raise NotImplementedError
    description = model.get("Description", "")
    request.aws_client_factory.secretsmanager.update_secret(SecretId=model["Id"], Description=description)
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)


def apply() -> None:
    SecretsManagerSecretProvider.update = update
