"""Which actions a call needs, on which resources: one row an operation. A call without a row is refused by its name.

Source: AWS's Service Authorization Reference. The table has what the callers of this account use, not all of AWS.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from localaws.iam import resources
from localaws.iam.policies import Policy, Unknown


@dataclass(frozen=True)
class Call:
    """One call of an AWS API: LocalStack's name of the service, the operation's name, and its parameters."""

    service: str
    operation: str
    region: str
    account: str
    parameters: Mapping[str, Any]

    def __getitem__(self, parameter: str) -> Any:
        return self.parameters.get(parameter)

    def arn(self, service: str, rest: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{rest}"


@dataclass(frozen=True)
class Needed:
    """An action on a resource that has a policy of its own or not; the condition keys that only this call sets."""

    action: str
    resource: str
    policy: Policy | None = None
    context: Mapping[str, str | None] = field(default_factory=dict)


Row = Callable[[Call], Iterator[Needed]]


# S3
def _bucket(action: str, bucket: str, **context: str | None) -> Needed:
    keys = {f"s3:{name}": value for name, value in context.items()}
    return Needed(f"s3:{action}", f"arn:aws:s3:::{bucket}", resources.bucket_policy(bucket), keys)


def _object(action: str, bucket: str, key: str, if_none_match: str | None = None) -> Needed:
    keys = {"s3:if-none-match": if_none_match}
    return Needed(f"s3:{action}", f"arn:aws:s3:::{bucket}/{key}", resources.bucket_policy(bucket), keys)


def _versioned(action: str, version: str | None) -> str:
    return f"{action}Version" if version else action


def reads_object(call: Call) -> Iterator[Needed]:
    bucket, key, version = call["Bucket"], call["Key"], call["VersionId"]
    yield _object(_versioned("GetObject", version), bucket, key)
    if not resources.object_exists(bucket, key, version):
        yield _bucket("ListBucket", bucket)  # without it, S3 does not say that there is no such object


def writes_object(call: Call) -> Iterator[Needed]:
    yield _object("PutObject", call["Bucket"], call["Key"], call["IfNoneMatch"])
    if call["Tagging"]:
        yield _object("PutObjectTagging", call["Bucket"], call["Key"])


def of_object(action: str, versioned: bool = False) -> Row:
    def row(call: Call) -> Iterator[Needed]:
        yield _object(_versioned(action, call["VersionId"] if versioned else None), call["Bucket"], call["Key"])

    return row


def deletes_objects(call: Call) -> Iterator[Needed]:
    for entry in call["Delete"]["Objects"]:
        yield _object(_versioned("DeleteObject", entry.get("VersionId")), call["Bucket"], entry["Key"])


def copies_object(call: Call) -> Iterator[Needed]:
    source = call["CopySource"]
    if not isinstance(source, dict):
        name, _, version = source.partition("?versionId=")
        bucket, key = name.lstrip("/").split("/", 1)
        source = {"Bucket": bucket, "Key": key, "VersionId": version}
    yield _object(_versioned("GetObject", source.get("VersionId")), source["Bucket"], source["Key"])
    yield _object("PutObject", call["Bucket"], call["Key"], call["IfNoneMatch"])


def lists_bucket(call: Call) -> Iterator[Needed]:
    yield _bucket("ListBucket", call["Bucket"], prefix=call["Prefix"], delimiter=call["Delimiter"])


def lists_versions(call: Call) -> Iterator[Needed]:
    yield _bucket("ListBucketVersions", call["Bucket"], prefix=call["Prefix"], delimiter=call["Delimiter"])


# SQS
def of_queue(action: str) -> Row:
    def row(call: Call) -> Iterator[Needed]:
        name = call["QueueName"] or call["QueueUrl"].rstrip("/").rsplit("/", 1)[-1]
        arn = call.arn("sqs", name)
        yield Needed(f"sqs:{action}", arn, resources.queue_policy(arn))

    return row


# SNS, with the key of an encrypted topic
def publishes(call: Call) -> Iterator[Needed]:
    topic = call["TopicArn"] or call["TargetArn"]
    yield Needed("sns:Publish", topic, resources.topic_policy(topic))
    if key := resources.key_of_topic(topic):
        for action in ("kms:GenerateDataKey", "kms:Decrypt"):
            yield Needed(action, key.owner, key, {"kms:viaservice": f"sns.{call.region}.amazonaws.com"})


# Secrets Manager
def of_secret(call: Call) -> Iterator[Needed]:
    found = resources.secret(call.account, call.region, call["SecretId"])
    name = call["SecretId"]
    arn = found.arn if found else name if name.startswith("arn:") else call.arn("secretsmanager", f"secret:{name}")
    yield Needed(f"secretsmanager:{call.operation}", arn, resources.secret_policy(found) if found else None)


# Lambda
def invokes(call: Call) -> Iterator[Needed]:
    arn = resources.function_arn(call.account, call.region, call["FunctionName"], call["Qualifier"])
    yield Needed("lambda:InvokeFunction", arn, resources.function_policy(arn))


# Step Functions
def of_state_machine(call: Call) -> Iterator[Needed]:
    yield Needed(f"states:{call.operation}", call["stateMachineArn"])


def of_execution(call: Call) -> Iterator[Needed]:
    yield Needed(f"states:{call.operation}", call["executionArn"])


def answers_execution(call: Call) -> Iterator[Needed]:
    machine = resources.waiting_machine(call.account, call.region, call["taskToken"])
    yield Needed(f"states:{call.operation}", machine)


# ECS
def runs_task(call: Call) -> Iterator[Needed]:
    definition = resources.task_definition(call.account, call.region, call["taskDefinition"])
    arn = definition.arn if definition else call["taskDefinition"]
    yield Needed("ecs:RunTask", arn, None, {"ecs:cluster": _cluster(call)})
    for role in filter(None, resources.task_roles(definition, call.parameters)):
        yield Needed("iam:PassRole", role, None, {"iam:passedtoservice": "ecs-tasks.amazonaws.com"})


def of_tasks(call: Call) -> Iterator[Needed]:
    cluster = _cluster(call)
    for task in call["tasks"] or [call["task"]]:
        arn = call.arn("ecs", f"task/{cluster.split('/')[-1]}/{task.split('/')[-1]}")
        yield Needed(f"ecs:{call.operation}", arn, None, {"ecs:cluster": cluster})


def _cluster(call: Call) -> str:
    return call.arn("ecs", f"cluster/{(call['cluster'] or 'default').split('/')[-1]}")


# EventBridge
def puts_events(call: Call) -> Iterator[Needed]:
    for entry in call["Entries"]:
        bus = entry.get("EventBusName") or "default"
        context = {"events:source": entry.get("Source"), "events:detail-type": entry.get("DetailType")}
        yield Needed("events:PutEvents", bus if ":" in bus else call.arn("events", f"event-bus/{bus}"), None, context)


# CloudWatch Logs, whose messages name the stream even where there is none
def of_log(call: Call) -> Iterator[Needed]:
    group = call["logGroupName"]
    if call.operation == "CreateLogGroup" and resources.log_group_exists(call.account, call.region, group):
        return  # LocalStack's writer of functions' logs asks for the group before it makes the stream; AWS's does not
    yield Needed(
        f"logs:{call.operation}", call.arn("logs", f"log-group:{group}:log-stream:{call['logStreamName'] or ''}")
    )


# STS
def assumes_role(call: Call) -> Iterator[Needed]:
    if call["Policy"] or call["PolicyArns"]:
        raise Unknown("session policy")
    yield Needed("sts:AssumeRole", call["RoleArn"], resources.trust_policy(call["RoleArn"]))


def nothing(call: Call) -> Iterator[Needed]:
    yield from ()


ROWS: Mapping[str, Mapping[str, Row]] = {
    "s3": {
        "GetObject": reads_object,
        "HeadObject": reads_object,
        "PutObject": writes_object,
        "CreateMultipartUpload": writes_object,
        "UploadPart": writes_object,
        "CompleteMultipartUpload": writes_object,
        "AbortMultipartUpload": of_object("AbortMultipartUpload"),
        "CopyObject": copies_object,
        "DeleteObject": of_object("DeleteObject", versioned=True),
        "DeleteObjects": deletes_objects,
        "ListObjects": lists_bucket,
        "ListObjectsV2": lists_bucket,
        "ListObjectVersions": lists_versions,
        "HeadBucket": lists_bucket,
    },
    "sqs": {
        "SendMessage": of_queue("SendMessage"),
        "SendMessageBatch": of_queue("SendMessage"),
        "ReceiveMessage": of_queue("ReceiveMessage"),
        "DeleteMessage": of_queue("DeleteMessage"),
        "DeleteMessageBatch": of_queue("DeleteMessage"),
        "ChangeMessageVisibility": of_queue("ChangeMessageVisibility"),
        "ChangeMessageVisibilityBatch": of_queue("ChangeMessageVisibility"),
        "GetQueueAttributes": of_queue("GetQueueAttributes"),
        "GetQueueUrl": of_queue("GetQueueUrl"),
    },
    "sns": {"Publish": publishes, "PublishBatch": publishes},
    "secretsmanager": {"GetSecretValue": of_secret, "DescribeSecret": of_secret, "PutSecretValue": of_secret},
    "lambda": {"Invoke": invokes},
    "stepfunctions": {
        "StartExecution": of_state_machine,
        "StartSyncExecution": of_state_machine,
        "ListExecutions": of_state_machine,
        "DescribeExecution": of_execution,
        "GetExecutionHistory": of_execution,
        "StopExecution": of_execution,
        "SendTaskSuccess": answers_execution,
    },
    "ecs": {"RunTask": runs_task, "DescribeTasks": of_tasks, "StopTask": of_tasks},
    "events": {"PutEvents": puts_events},
    "logs": {"CreateLogGroup": of_log, "CreateLogStream": of_log, "PutLogEvents": of_log},
    "sts": {"AssumeRole": assumes_role, "GetCallerIdentity": nothing},
}
"""By LocalStack's names of the services."""


def needed_for(call: Call) -> Iterator[Needed] | None:
    """None: the table has no row for it."""
    row = ROWS.get(call.service, {}).get(call.operation)
    return row(call) if row else None
