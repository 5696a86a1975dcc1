"""Secrets created by CloudFormation keep their value across restarts and kill -9.

    <state>/secrets/<account>/<region>/<quoted name>.json     mode 0600, directories 0700

A secret that a template generates again under the same name gets its kept value instead of a new one. So does a secret
with a literal value, if that value has not changed in the template: a value written later by PutSecretValue or
UpdateSecret is kept. Deleting the secret without its recovery window deletes its kept value; otherwise RestoreSecret,
or a restart, brings it back.
"""

import base64
import hashlib
import json
import logging
from pathlib import Path
from typing import Any
from urllib.parse import quote

from localstack.aws import handlers
from localstack.services.cloudformation.resource_provider import ProgressEvent
from localstack.services.secretsmanager.provider import SecretsmanagerProvider
from localstack.services.secretsmanager.resource_providers.aws_secretsmanager_secret import (
    SecretsManagerSecretProvider,
)

from localaws import durable, settings
from localaws.retention import deletes_kept_state

LOG = logging.getLogger(__name__)
ROOT = settings.STATE / "secrets"
WRITING = frozenset({"PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage", "RotateSecret"})


def path_of(account: str, region: str, name: str) -> Path:
    return ROOT / account / region / f"{quote(name, safe='')}.json"


def recipe(properties: dict[str, Any]) -> str:
    """A digest of how the template defines the value; a changed definition creates a new value, as on AWS."""
    asked = {name: properties.get(name) for name in ("GenerateSecretString", "SecretString")}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def current_value(account: str, region: str, secret_id: str) -> tuple[str, dict[str, str]]:
    """The secret's name and its current value in JSON form."""
    context = type("Caller", (), {"account_id": account, "region": region})
    backend = SecretsmanagerProvider.get_moto_backend_for_resource(secret_id, context)
    secret = backend.describe_secret(secret_id)
    version = (secret.versions or {}).get(secret.default_version_id) or {}
    value = {}
    if version.get("secret_string") is not None:
        value["SecretString"] = version["secret_string"]
    elif version.get("secret_binary") is not None:
        binary = version["secret_binary"]
        value["SecretBinary"] = base64.b64encode(binary if isinstance(binary, bytes) else binary.encode()).decode()
    return secret.name, value


class SaveChanges:
    """A response handler of LocalStack's gateway, which also processes calls between LocalStack's own services."""

    def __call__(self, chain: Any, context: Any, response: Any) -> None:
        if not context.service or context.service.service_name != "secretsmanager" or not context.operation:
            return
        if response.status_code >= 300:
            return
        operation = context.operation.name
        try:
            if operation == "DeleteSecret":
                if context.service_request.get("ForceDeleteWithoutRecovery") and deletes_kept_state():
                    durable.remove(path_of(context.account_id, context.region, context.service_response["Name"]))
            elif operation in WRITING:
                update(context.account_id, context.region, context.service_request["SecretId"])
        except Exception:  # otherwise the chain would log it and report success
            secret = context.service_request.get("SecretId")
            LOG.exception("secretsmanager: cannot keep the result of %s on %s", operation, secret)
            response.status_code = 500
            response.set_data(json.dumps({"__type": "InternalServiceError", "message": "localaws: cannot keep it"}))


def update(account: str, region: str, secret_id: str) -> None:
    """Keeps the current value of a secret that CloudFormation created; values of other secrets are not kept."""
    name, value = current_value(account, region, secret_id)
    path = path_of(account, region, name)
    if path.exists():
        kept = json.loads(path.read_bytes())
        durable.write(path, json.dumps({"name": name, "recipe": kept["recipe"], "value": value}).encode())


def create(original: Any, provider: SecretsManagerSecretProvider, request: Any) -> ProgressEvent:
    model = request.desired_state
    asked = recipe(model)
    name = model.get("Name")
    path = path_of(request.account_id, request.region_name, name) if name else None
    kept = json.loads(path.read_bytes()) if path and path.exists() else None
    event = original(provider, request)
    name = event.resource_model["Name"]
    if kept and kept["recipe"] == asked and kept["value"]:
        value = dict(kept["value"])
        if "SecretBinary" in value:
            value["SecretBinary"] = base64.b64decode(value["SecretBinary"])
        request.aws_client_factory.secretsmanager.put_secret_value(SecretId=name, **value)
        LOG.info("secretsmanager: restored the kept value of %s", name)
        return event
    _, value = current_value(request.account_id, request.region_name, name)
    durable.write(
        path_of(request.account_id, request.region_name, name),
        json.dumps({"name": name, "recipe": asked, "value": value}).encode(),
    )
    return event


def install() -> None:
    original = SecretsManagerSecretProvider.create
    SecretsManagerSecretProvider.create = lambda self, request: create(original, self, request)
    handlers.run_custom_response_handlers.append(SaveChanges())
