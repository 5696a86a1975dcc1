"""AWS::SecretsManager::SecretTargetAttachment does nothing; on AWS, CloudFormation writes the instance's host, port and
other connection parameters to the secret.

Not needed once a generated database secret has "host" after a deployment without this patch.
"""

import json
from typing import Any

from localstack.services.cloudformation.resource_provider import ProgressEvent
from localstack.services.secretsmanager.resource_providers.aws_secretsmanager_secrettargetattachment import (
    SecretsManagerSecretTargetAttachmentProvider as Provider,
)


def apply() -> None:
    original = Provider.create

    def create(self: Provider, request: Any) -> ProgressEvent:
        model, clients = request.desired_state, request.aws_client_factory
        if model.get("TargetType") == "AWS::RDS::DBInstance":
            found = clients.rds.describe_db_instances(DBInstanceIdentifier=model["TargetId"])
            instance, secrets = found["DBInstances"][0], clients.secretsmanager
            value = json.loads(secrets.get_secret_value(SecretId=model["SecretId"])["SecretString"])
            value |= {
                "engine": instance["Engine"],
                "host": instance["Endpoint"]["Address"],
                "port": instance["Endpoint"]["Port"],
                "dbInstanceIdentifier": instance["DBInstanceIdentifier"],
                "dbname": instance.get("DBName") or "postgres",
            }
            secrets.put_secret_value(SecretId=model["SecretId"], SecretString=json.dumps(value))
        event = original(self, request)
        event.resource_model["Id"] = model["SecretId"]  # Ref returns the secret's ARN, as on AWS
        return event

    Provider.create = create
