"""Calls of roles and services, allowed and refused as on AWS."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from account import REGION, Account, policy, until
from botocore.exceptions import ClientError
from containers_stack import Tasks, cluster, definition, missing_secret, write_images

ID = "000000000000"
WORKER = f"arn:aws:iam::{ID}:role/worker"
MESSAGE = f"arn:aws:sts::{ID}:assumed-role/worker/test is not authorized to perform: "


def refused(call: Callable[[], Any]) -> tuple[int, str, str]:
    """The status, code and message of a refusal."""
    with pytest.raises(ClientError) as e:
        call()
    response = e.value.response
    return response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Code"], response["Error"]["Message"]


class Worker:
    """Clients with the credentials of a role's session."""

    def __init__(self, account: Account) -> None:
        self.account = account
        account.allow(WORKER, "none:None", "*")
        found = account.client("sts").assume_role(RoleArn=WORKER, RoleSessionName="test")["Credentials"]
        self.keys = (found["AccessKeyId"], found["SecretAccessKey"], found["SessionToken"])

    def may(self, actions: str | list[str], resources: str | list[str]) -> None:
        self.account.allow(WORKER, actions, resources)

    def client(self, service: str) -> Any:
        return self.account.client(service, *self.keys)


@pytest.fixture(scope="module")
def worker(account: Account) -> Worker:
    return Worker(account)


@pytest.fixture(scope="module")
def bucket(account: Account) -> str:
    s3 = account.client("s3")
    s3.create_bucket(Bucket="guarded", CreateBucketConfiguration={"LocationConstraint": REGION})
    for key in ("open/a", "closed/a"):
        s3.put_object(Bucket="guarded", Key=key, Body=b"a")
    return "guarded"


def test_a_session_may_do_what_its_role_may(worker: Worker, bucket: str) -> None:
    worker.may("s3:GetObject", f"arn:aws:s3:::{bucket}/open/*")
    s3 = worker.client("s3")
    assert s3.get_object(Bucket=bucket, Key="open/a")["Body"].read() == b"a"
    expected = (
        f'User: {MESSAGE}s3:GetObject on resource: "arn:aws:s3:::guarded/closed/a" '
        "because no identity-based policy allows the s3:GetObject action"
    )
    assert refused(lambda: s3.get_object(Bucket=bucket, Key="closed/a")) == (403, "AccessDenied", expected)
    assert refused(lambda: s3.head_object(Bucket=bucket, Key="closed/a"))[0] == 403
    assert refused(lambda: s3.put_object(Bucket=bucket, Key="open/b", Body=b"b"))[1] == "AccessDenied"
    signed = s3.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "closed/a"})
    assert worker.account.get(signed)[0] == 403


def test_a_session_that_nobody_knows_is_refused(account: Account, bucket: str) -> None:
    former = ("LSIAQAAAAAAAAAAAAAAA", "secret", "token")
    assert refused(lambda: account.client("s3", *former).get_object(Bucket=bucket, Key="open/a"))[:2] == (
        403,
        "InvalidAccessKeyId",
    )
    assert refused(account.client("secretsmanager", *former).list_secrets)[:2] == (400, "UnrecognizedClientException")
    assert refused(account.client("sts", *former).get_caller_identity)[:2] == (403, "InvalidClientTokenId")


def test_a_copy_of_a_version_needs_the_right_to_read_versions(account: Account, worker: Worker, bucket: str) -> None:
    account.client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    version = account.client("s3").put_object(Bucket=bucket, Key="open/v", Body=b"v")["VersionId"]
    source = {"Bucket": bucket, "Key": "open/v", "VersionId": version}
    worker.may(["s3:GetObject", "s3:PutObject"], f"arn:aws:s3:::{bucket}/*")
    s3 = worker.client("s3")
    assert "s3:GetObjectVersion" in refused(lambda: s3.copy_object(Bucket=bucket, Key="open/w", CopySource=source))[2]
    worker.may(["s3:GetObjectVersion", "s3:PutObject"], f"arn:aws:s3:::{bucket}/*")
    assert s3.copy_object(Bucket=bucket, Key="open/w", CopySource=source)["CopyObjectResult"]


def test_who_may_not_list_a_bucket_does_not_learn_what_it_lacks(worker: Worker, bucket: str) -> None:
    own = f"arn:aws:s3:::{bucket}"
    worker.may("s3:GetObject", f"{own}/*")
    s3 = worker.client("s3")
    assert refused(lambda: s3.get_object(Bucket=bucket, Key="open/missing"))[:2] == (403, "AccessDenied")
    worker.may(["s3:GetObject", "s3:ListBucket"], [own, f"{own}/*"])
    assert refused(lambda: s3.get_object(Bucket=bucket, Key="open/missing"))[1] == "NoSuchKey"


def test_a_buckets_own_policy_denies(account: Account, worker: Worker, bucket: str) -> None:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/open/a",
    }
    account.client("s3").put_bucket_policy(Bucket=bucket, Policy=policy(statement))
    worker.may("s3:*", "*")
    answer = refused(lambda: worker.client("s3").get_object(Bucket=bucket, Key="open/a"))
    assert answer[2].endswith("with an explicit deny in a resource-based policy")
    account.client("s3").delete_bucket_policy(Bucket=bucket)


def test_an_operation_that_the_table_lacks_is_refused_by_its_name(worker: Worker, bucket: str) -> None:
    worker.may("*", "*")
    message = refused(lambda: worker.client("s3").delete_bucket(Bucket=bucket))[2]
    assert message.startswith("localaws cannot decide about s3:DeleteBucket")
    assert message.endswith("no row for this operation in localaws.iam.calls")


def test_each_service_refuses_in_its_own_way(account: Account, worker: Worker) -> None:
    queue = account.client("sqs").create_queue(QueueName="refused")["QueueUrl"]
    secret = account.client("secretsmanager").create_secret(Name="refused", SecretString="x")["ARN"]
    topic = account.client("sns").create_topic(Name="refused")["TopicArn"]
    worker.may("none:None", "*")
    account.client("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy())
    calls = {
        (403, "AccessDenied", "sqs:sendmessage"): lambda: worker.client("sqs").send_message(
            QueueUrl=queue, MessageBody="x"
        ),
        (400, "AccessDeniedException", "secretsmanager:GetSecretValue"): lambda: worker.client(
            "secretsmanager"
        ).get_secret_value(SecretId="refused"),
        (403, "AuthorizationError", "SNS:Publish"): lambda: worker.client("sns").publish(TopicArn=topic, Message="x"),
        (403, "AccessDeniedException", "lambda:InvokeFunction"): lambda: worker.client("lambda").invoke(
            FunctionName="absent"
        ),
        (400, "AccessDeniedException", "logs:CreateLogStream"): lambda: worker.client("logs").create_log_stream(
            logGroupName="absent", logStreamName="x"
        ),
    }
    for (status, code, action), call in calls.items():
        found = refused(call)
        assert found[:2] == (status, code)
        assert f"not authorized to perform: {action} on resource: " in found[2]
    worker.may("secretsmanager:GetSecretValue", secret)
    assert worker.client("secretsmanager").get_secret_value(SecretId="refused")["SecretString"] == "x"
    statement = {"Effect": "Allow", "Principal": {"AWS": WORKER}, "Action": "sqs:SendMessage", "Resource": "*"}
    attributes = {"Policy": policy(statement)}
    account.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes=attributes)
    assert worker.client("sqs").send_message(QueueUrl=queue, MessageBody="x")["MessageId"]


def test_a_role_is_assumed_by_whom_it_trusts(account: Account, worker: Worker) -> None:
    worker.may("sts:AssumeRole", "*")
    call = refused(lambda: worker.client("sts").assume_role(RoleArn=WORKER, RoleSessionName="again"))
    assert call[:2] == (403, "AccessDenied")
    assert call[2].endswith("because no resource-based policy allows the sts:AssumeRole action")


def test_a_session_policy_has_no_meaning(worker: Worker) -> None:
    worker.may("sts:AssumeRole", "*")
    sts = worker.client("sts")
    message = refused(lambda: sts.assume_role(RoleArn=WORKER, RoleSessionName="again", Policy=policy()))[2]
    assert message.endswith("session policy")


def test_an_alarm_reaches_an_encrypted_topic_whose_policy_and_key_let_it(account: Account) -> None:
    """patches/cloudwatch_alarm_actions.py."""
    kms, sns, cloudwatch, sqs = (account.client(name) for name in ("kms", "sns", "cloudwatch", "sqs"))
    alarm = f"arn:aws:cloudwatch:{REGION}:{ID}:alarm:guarded"
    key = kms.create_key()["KeyMetadata"]["Arn"]
    topic = sns.create_topic(Name="alarms", Attributes={"KmsMasterKeyId": key})["TopicArn"]
    url = sqs.create_queue(QueueName="alarms")["QueueUrl"]
    queue = f"arn:aws:sqs:{REGION}:{ID}:alarms"
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    cloudwatch.put_metric_alarm(
        AlarmName="guarded",
        MetricName="m",
        Namespace="n",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
        Statistic="Sum",
        AlarmActions=[topic],
    )

    def ring() -> None:
        for state in ("OK", "ALARM"):
            cloudwatch.set_alarm_state(AlarmName="guarded", StateValue=state, StateReason="test")

    def statement(service: str, action: str | list[str], source: str) -> str:
        found = {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}, "Action": action}
        condition = {"ArnEquals": {"aws:SourceArn": source}}
        return policy({**found, "Resource": "*", "Condition": condition})

    def logged(what: str) -> bool:
        return what in account.log.read_text()

    def topic_policy(document: str) -> None:
        sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=document)

    topic_policy(statement("cloudwatch", "sns:Publish", "arn:aws:cloudwatch:*:*:alarm:other"))
    ring()
    assert logged(f"denied: Resource: {alarm} is not authorized to perform: sns:Publish on resource: {topic}")
    topic_policy(statement("cloudwatch", "sns:Publish", alarm))
    ring()
    assert logged(f"denied: Resource: {alarm} is not authorized to perform: kms:GenerateDataKey on resource: {key}")
    kms.put_key_policy(
        KeyId=key, PolicyName="default", Policy=statement("cloudwatch", ["kms:Decrypt", "kms:GenerateDataKey*"], alarm)
    )
    ring()
    refused_message = f"denied: Resource: {topic} is not authorized to perform: sqs:SendMessage on resource: {queue}"
    until("SNS was refused", lambda: logged(refused_message))
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": statement("sns", "sqs:SendMessage", topic)})
    ring()
    assert until("message", lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages"))


def test_a_tasks_agent_has_the_execution_role_and_its_containers_the_tasks(account: Account, worker: Worker) -> None:
    write_images(account)
    secret = account.client("secretsmanager").create_secret(Name="of-task", SecretString="hidden")["ARN"]
    secrets = [{"Name": "HIDDEN", "ValueFrom": secret}]
    job = definition("job", Secrets=secrets, Command=['echo "$HIDDEN" "$AWS_SESSION_TOKEN"; sleep 1; exit 0'])
    job["Properties"] |= {"TaskRoleArn": WORKER, "ExecutionRoleArn": WORKER}
    deployed = account.deploy(
        "guarded-tasks", {**cluster("/guarded"), "Job": job}, {n: {"Ref": n} for n in ("Cluster", "Subnet0", "Job")}
    )
    tasks = Tasks(account, deployed["Cluster"], deployed["Subnet0"])
    worker.may("none:None", "*")
    ended = tasks.reached(tasks.run(deployed["Job"]), "STOPPED")
    assert "unable to retrieve secret HIDDEN" in ended["stoppedReason"]
    assert "not authorized to perform: secretsmanager:GetSecretValue" in ended["stoppedReason"]
    worker.may(["secretsmanager:GetSecretValue", "logs:CreateLogStream", "logs:PutLogEvents"], "*")
    ended = tasks.reached(tasks.run(deployed["Job"]), "STOPPED")
    assert ended["containers"][0]["exitCode"] == 0
    events = account.client("logs").filter_log_events(logGroupName="/guarded")["events"]
    token = events[0]["message"].split()
    assert token[0] == "hidden" and len(token) == 2
    account.destroy("guarded-tasks")


def test_a_task_without_an_execution_role_gets_no_secret(account: Account) -> None:
    write_images(account)
    job = definition("job", Secrets=[{"Name": "HIDDEN", "ValueFrom": missing_secret()}])
    del job["Properties"]["ExecutionRoleArn"]
    deployed = account.deploy(
        "roleless", {**cluster("/roleless"), "Job": job}, {n: {"Ref": n} for n in ("Cluster", "Subnet0", "Job")}
    )
    tasks = Tasks(account, deployed["Cluster"], deployed["Subnet0"])
    ended = tasks.reached(tasks.run(deployed["Job"]), "STOPPED")
    assert ended["stoppedReason"].endswith("the task definition has no execution role, which a secret needs")
    account.destroy("roleless")


def test_a_state_machine_fails_where_its_role_may_not(account: Account, worker: Worker) -> None:
    states = account.client("stepfunctions")
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage",
        "Parameters": {
            "QueueUrl": account.client("sqs").create_queue(QueueName="of-machine")["QueueUrl"],
            "MessageBody": "x",
        },
        "End": True,
    }
    worker.may("none:None", "*")
    machine = states.create_state_machine(
        name="guarded", roleArn=WORKER, definition=json.dumps({"StartAt": "Send", "States": {"Send": task}})
    )["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine)["executionArn"]
    ended = until("end", lambda: (d := states.describe_execution(executionArn=execution))["status"] != "RUNNING" and d)
    assert "is not authorized to perform: sqs:sendmessage" in ended["cause"]


def test_an_execution_is_answered_by_who_may_answer_its_state_machine(account: Account, worker: Worker) -> None:
    states, sqs = account.client("stepfunctions"), account.client("sqs")
    queue = sqs.create_queue(QueueName="asks")["QueueUrl"]
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": queue, "MessageBody.$": "$$.Task.Token"},
        "End": True,
    }
    asking = f"arn:aws:iam::{ID}:role/asking"
    account.allow(asking, "sqs:SendMessage", "*")
    machine = states.create_state_machine(
        name="asking", roleArn=asking, definition=json.dumps({"StartAt": "Ask", "States": {"Ask": task}})
    )["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine)["executionArn"]
    token = until("token", lambda: sqs.receive_message(QueueUrl=queue).get("Messages"))[0]["Body"]
    answers = worker.client("stepfunctions")
    worker.may("states:SendTaskSuccess", f"{machine}-other")
    assert f"states:SendTaskSuccess on resource: {machine}" in refused(
        lambda: answers.send_task_success(taskToken=token, output="{}")
    )[2].replace('"', "")
    worker.may("states:SendTaskSuccess", machine)
    answers.send_task_success(taskToken=token, output='{"approved":true}')
    ended = until("end", lambda: (d := states.describe_execution(executionArn=execution))["status"] != "RUNNING" and d)
    assert ended["output"] == '{"approved":true}'
