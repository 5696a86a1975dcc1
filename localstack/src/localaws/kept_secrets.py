"""Secrets that CloudFormation makes keep their value across restarts and kill -9.

    <state>/secrets/<account>/<region>/<quoted name>.json     mode 0600, directories 0700

A secret that a template generates again under the same name gets its kept value instead of a new one, and so does one
with a literal value that has not changed in the template: what PutSecretValue or UpdateSecret wrote later stays.
Deleting the secret forgets it.
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
from localaws.keeping import deletions_are_meant

LOG = logging.getLogger(__name__)
ROOT = settings.STATE / "secrets"
WRITING = frozenset({"PutSecretValue", "UpdateSecret", "UpdateSecretVersionStage", "RotateSecret"})


def path_of(account: str, region: str, name: str) -> Path:
    return ROOT / account / region / f"{quote(name, safe='')}.json"


def recipe(properties: dict[str, Any]) -> str:
    """A digest of what the template asks the value to be; another recipe makes another value, as on AWS."""
    asked = {name: properties.get(name) for name in ("GenerateSecretString", "SecretString")}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def current_value(account: str, region: str, secret_id: str) -> tuple[str, dict[str, str]]:
    """The secret's name and its current value as JSON holds it."""
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
    """A response handler of LocalStack's gateway, which its own services' calls pass too."""

    def __call__(self, chain: Any, context: Any, response: Any) -> None:
        if not context.service or context.service.service_name != "secretsmanager" or not context.operation:
            return
        if response.status_code >= 300:
            return
        operation = context.operation.name
        try:
            if operation == "DeleteSecret" and deletions_are_meant():
                durable.remove(path_of(context.account_id, context.region, context.service_response["Name"]))
            elif operation in WRITING:
                update(context.account_id, context.region, context.service_request["SecretId"])
        except Exception:  # the chain would log it and answer that all is well
            LOG.exception("secretsmanager: %s of %s is not kept", operation, context.service_request.get("SecretId"))
            response.status_code = 500
            response.set_data(json.dumps({"__type": "InternalServiceError", "message": "localaws: not kept"}))


def update(account: str, region: str, secret_id: str) -> None:
    """Keeps the present value of a secret that CloudFormation made; others belong to whoever makes them."""
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
        LOG.info("secretsmanager: %s has its kept value again", name)
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
