"""Where LocalStack and moto keep roles and the policies of resources. Nothing here changes them."""

import functools
import json
from collections.abc import Iterator
from typing import Any

from localstack.constants import AWS_REGION_US_EAST_1, DEFAULT_AWS_ACCOUNT_ID
from localstack.services.kms.models import kms_stores
from localstack.services.lambda_.invocation.models import lambda_stores
from localstack.services.s3.models import S3DeleteMarker, s3_stores
from localstack.services.sqs.models import sqs_stores
from localstack.services.stepfunctions.backend.store import sfn_stores
from moto.ecs.models import ecs_backends
from moto.iam.models import Role, iam_backends
from moto.logs.models import logs_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.sns.models import sns_backends
from moto.sts.models import sts_backends

from localaws.iam.policies import Policy, Unknown

PARTITION = "aws"


def _place(arn: str) -> tuple[str, str, str]:
    _, _, _, region, account, rest = arn.split(":", 5)
    return account, region, rest


def _own(arn: str, document: str | None) -> Policy | None:
    return Policy(arn, "", document) if document else None


# roles
def role(arn: str) -> Role | None:
    roles = iam_backends[arn.split(":")[4]][PARTITION].roles
    return next((found for found in list(roles.values()) if found.arn == arn), None)


@functools.lru_cache(maxsize=4096)  # moto looks through all sessions since the start
def session(account: str, access_key: str) -> Any:
    """The session of a role with this access key, which has role_arn and arn; None if there is none."""
    return sts_backends[account][PARTITION].get_assumed_role_from_access_key(access_key)


def identity_policies(arn: str) -> tuple[Policy, ...]:
    """A role's policies, a managed one by its ARN; none if the role was deleted. A boundary has no meaning here."""
    found = role(arn)
    if not found:
        return ()
    if found.permissions_boundary_arn:
        raise Unknown(f"permissions boundary of {arn}")
    managed = ((p.arn, v.document) for p in list(found.managed_policies.values()) for v in p.versions if v.is_default)
    return tuple(Policy(arn, name, document) for name, document in [*list(found.policies.items()), *managed])


def trust_policy(arn: str) -> Policy | None:
    found = role(arn)
    return found and _own(arn, found.assume_role_policy_document)


# resources
def _bucket(name: str) -> Any:
    account = s3_stores[DEFAULT_AWS_ACCOUNT_ID][AWS_REGION_US_EAST_1].global_bucket_map.get(name)
    return account and s3_stores[account][AWS_REGION_US_EAST_1].buckets.get(name)


def bucket_policy(name: str) -> Policy | None:
    found = _bucket(name)
    return found and _own(f"arn:aws:s3:::{name}", found.policy)


def object_exists(name: str, key: str, version: str | None) -> bool:
    found = _bucket(name)
    entry = found and (found.objects.get(key, version) if version else found.objects.get(key))
    return bool(entry) and not isinstance(entry, S3DeleteMarker)


def queue_policy(arn: str) -> Policy | None:
    account, region, name = _place(arn)
    found = sqs_stores[account][region].queues.get(name)
    return found and _own(arn, found.attributes.get("Policy"))


def _topic(arn: str) -> Any:
    account, region, _ = _place(arn)
    return sns_backends[account][region].topics.get(arn)


def topic_policy(arn: str) -> Policy | None:
    found = _topic(arn)
    return found and _own(arn, found.policy)


def key_of_topic(arn: str) -> Policy | None:
    """The policy of the customer's key that encrypts a topic; AWS's own key needs no permission."""
    found = _topic(arn)
    name = found and found.kms_master_key_id
    if not name or name.endswith("alias/aws/sns"):
        return None
    account, region, _ = _place(arn)
    store = kms_stores[account][region]
    if "alias/" in name:
        name = store.aliases[name[name.index("alias/") :]].metadata["TargetKeyId"]
    key = store.keys[name.split("/")[-1]]
    return Policy(key.metadata["Arn"], "", key.policy)


def secret(account: str, region: str, name: str) -> Any:
    if name.startswith("arn:"):
        account, region, _ = _place(name)
    secrets = secretsmanager_backends[account][region].secrets
    return next((s for s in list(secrets.values()) if name in (s.name, s.arn, s.arn[:-7])), None)


def secret_policy(found: Any) -> Policy | None:
    return _own(found.arn, found.policy)


def function_arn(account: str, region: str, name: str, qualifier: str | None) -> str:
    if name.startswith("arn:"):
        account, region, rest = _place(name)
        name = rest.removeprefix("function:")
    elif ":function:" in name:  # account:function:name
        account, name = name.split(":function:")
    name, _, own = name.partition(":")
    qualifier = own or qualifier
    return f"arn:aws:lambda:{region}:{account}:function:{name}" + (f":{qualifier}" if qualifier else "")


def function_policy(arn: str) -> Policy | None:
    account, region, rest = _place(arn)
    _, name, *qualifier = rest.split(":")
    function = lambda_stores[account][region].functions.get(name)
    found = function and function.permissions.get(qualifier[0] if qualifier else "$LATEST")
    return _own(arn, json.dumps({"Statement": found.policy.Statement})) if found else None


def waiting_machine(account: str, region: str, token: str) -> str:
    """The state machine whose execution waits for that token."""
    for execution in sfn_stores[account][region].executions.values():
        worker = getattr(execution, "exec_worker", None)
        if worker and worker.env.callback_pool_manager.get(token):
            return execution.state_machine_arn
    return f"arn:aws:states:{region}:{account}:stateMachine:unknown"


def task_definition(account: str, region: str, name: str) -> Any:
    """None if there is none: ECS itself says what is wrong with the name."""
    definitions = ecs_backends[account][region].task_definitions
    family, _, revision = name.rsplit("/", 1)[-1].partition(":")
    revisions = definitions.get(family) or {}
    return revisions.get(int(revision)) if revision else next(reversed(list(revisions.values())), None)


def task_roles(definition: Any, request: Any) -> tuple[str | None, str | None]:
    """The role of a task's containers, and that of its agent, which fetches secrets and writes logs."""
    overrides = request.get("overrides") or {}
    return (
        overrides.get("taskRoleArn") or getattr(definition, "task_role_arn", None),
        overrides.get("executionRoleArn") or getattr(definition, "execution_role_arn", None),
    )


def log_group_exists(account: str, region: str, name: str) -> bool:
    return name in logs_backends[account][region].groups


# all of them
def all_policies() -> Iterator[Policy]:
    """Every policy of a role or a resource in this account, except those that are AWS's own or nobody wrote."""
    for backends in list(iam_backends.values()):
        for found in list(backends[PARTITION].roles.values()):
            yield Policy(found.arn, "", found.assume_role_policy_document)
            yield from identity_policies(found.arn)
    for _, _, store in s3_stores.iter_stores():
        yield from filter(None, map(bucket_policy, list(store.buckets)))
    for _, _, store in sqs_stores.iter_stores():
        yield from filter(None, (queue_policy(queue.arn) for queue in list(store.queues.values())))
    for regions in list(sns_backends.values()):
        for backend in list(regions.values()):
            yield from filter(None, map(topic_policy, list(backend.topics)))
    for _, _, store in kms_stores.iter_stores():
        for key in list(store.keys.values()):
            yield Policy(key.metadata["Arn"], "", key.policy)
    for account, region, store in lambda_stores.iter_stores():
        for name, function in list(store.functions.items()):
            for qualifier in list(function.permissions):
                own = None if qualifier == "$LATEST" else qualifier
                yield from filter(None, [function_policy(function_arn(account, region, name, own))])
    for regions in list(secretsmanager_backends.values()):
        for backend in list(regions.values()):
            yield from filter(None, map(secret_policy, list(backend.secrets.values())))
