"""Java functions: versions, aliases, logs, event sources, and what happens when their process ends."""

import base64
import inspect
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from account import ENVIRONMENTS, ROLE, Account, running, until
from botocore.exceptions import ClientError
from localstack.services.lambda_.resource_providers.aws_lambda_function import LambdaFunctionProvider
from localstack.services.lambda_.resource_providers.lambda_alias import LambdaAliasProvider


def function(code: dict[str, str], handler: str = "Probe::handle", timeout: int = 20, **variables: str) -> dict:
    return {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Runtime": "java25",
            "Architectures": ["arm64"],
            "SnapStart": {"ApplyOn": "PublishedVersions"},
            "Handler": handler,
            "Role": ROLE,
            "Timeout": timeout,
            "MemorySize": 256,
            "Code": code,
            "Environment": {"Variables": variables},
        },
    }


def permission(function: str, service: str) -> dict[str, Any]:
    """A service may invoke a function."""
    return {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "Action": "lambda:InvokeFunction",
            "FunctionName": {"Fn::GetAtt": [function, "Arn"]},
            "Principal": f"{service}.amazonaws.com",
        },
    }


def versioned(code: dict[str, str], revision: str) -> dict[str, Any]:
    """As CDK writes it: a Version with a new logical id at each change, and an Alias that refers to it."""
    version = f"Version{revision}"
    return {
        "Probe": function(code, REVISION=revision),
        version: {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": "Probe"}}},
        "Live": {
            "Type": "AWS::Lambda::Alias",
            "Properties": {
                "FunctionName": {"Ref": "Probe"},
                "FunctionVersion": {"Fn::GetAtt": [version, "Version"]},
                "Name": "live",
            },
        },
        "Invocations": {
            "Type": "AWS::Lambda::EventInvokeConfig",
            "Properties": {
                "FunctionName": {"Ref": "Probe"},
                "Qualifier": {"Fn::Select": [7, {"Fn::Split": [":", {"Ref": "Live"}]}]},
                "MaximumEventAgeInSeconds": 60,
                "MaximumRetryAttempts": 0,
            },
        },
        "Dead": {"Type": "AWS::SQS::Queue"},
        "Queue": {
            "Type": "AWS::SQS::Queue",
            "Properties": {
                "VisibilityTimeout": 60,
                "RedrivePolicy": {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 3},
            },
        },
        "Source": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {
                "EventSourceArn": {"Fn::GetAtt": ["Queue", "Arn"]},
                "FunctionName": {"Ref": "Live"},
                "BatchSize": 5,
            },
        },
    }


@pytest.fixture(scope="module")
def probe(account: Account, code: dict[str, str]) -> dict[str, str]:
    outputs = {"Name": {"Ref": "Probe"}, "Alias": {"Ref": "Live"}, "Queue": {"Ref": "Queue"}}
    return account.deploy("functions", versioned(code, "One"), outputs)


def log(account: Account, name: str) -> str:
    logs = account.client("logs")
    group = f"/aws/lambda/{name}"
    if not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
        return ""
    return "\n".join(event["message"] for event in logs.filter_log_events(logGroupName=group)["events"])


def test_a_function_answers_behind_its_alias(account: Account, probe: dict[str, str]) -> None:
    assert account.invoke(probe["Alias"], {})["body"] == {"statusCode": 200, "body": "One null"}


def test_a_function_reaches_the_endpoint_by_ip_address(account: Account, probe: dict[str, str]) -> None:
    environment = account.invoke(probe["Alias"], {"action": "environment"})["body"]
    assert environment["AWS_ENDPOINT_URL"] == account.endpoint
    assert environment["AWS_ENDPOINT_URL_S3"] == account.endpoint
    account.client("s3").create_bucket(
        Bucket="by-path", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    account.client("s3").put_object(Bucket="by-path", Key="a", Body=b"found")
    url = f"{environment['AWS_ENDPOINT_URL_S3']}/by-path/a"
    assert account.invoke(probe["Alias"], {"action": "get", "url": url})["body"] == {"body": "found"}


def test_a_function_does_not_get_the_settings_of_localstack(account: Account, probe: dict[str, str]) -> None:
    environment = account.invoke(probe["Alias"], {"action": "environment"})["body"]
    assert not [name for name in environment if name.startswith(("LOCALAWS", "GATEWAY", "FILESYSTEM", "CFN_"))]
    assert environment["AWS_REGION"] == "eu-central-1"
    assert environment["AWS_LAMBDA_FUNCTION_NAME"] == probe["Name"]


def test_output_is_in_the_log_of_its_own_invocation(account: Account, probe: dict[str, str]) -> None:
    answer = account.client("lambda").invoke(
        FunctionName=probe["Alias"], Payload=b'{"action": "say", "text": "hello"}', LogType="Tail"
    )
    assert "LogResult" in answer
    until("hello in the log group", lambda: "said hello" in log(account, probe["Name"]))


def test_an_exception_is_a_function_error(account: Account, probe: dict[str, str]) -> None:
    answer = account.invoke(probe["Alias"], {"action": "throw"})
    assert answer["error"] and answer["body"]["errorMessage"] == "thrown on purpose"


def test_an_exception_is_in_the_log_of_its_own_invocation(account: Account, probe: dict[str, str]) -> None:
    answer = account.client("lambda").invoke(
        FunctionName=probe["Alias"], Payload=b'{"action": "throw"}', LogType="Tail"
    )
    assert "thrown on purpose: java.lang.IllegalStateException" in base64.b64decode(answer["LogResult"]).decode()


def test_a_killed_process_is_replaced_at_the_next_call(account: Account, probe: dict[str, str]) -> None:
    first = int(account.invoke(probe["Alias"], {"action": "say"})["body"]["pid"])
    assert int(account.invoke(probe["Alias"], {"action": "say"})["body"]["pid"]) == first
    os.kill(first, signal.SIGKILL)
    until("process ended", lambda: not running(first))
    assert int(account.invoke(probe["Alias"], {"action": "say"})["body"]["pid"]) != first


def test_a_call_beyond_its_timeout_ends(account: Account, code: dict[str, str]) -> None:
    name = account.deploy("slow", {"Slow": function(code, timeout=2)}, {"Name": {"Ref": "Slow"}})["Name"]
    answer = account.invoke(name, {"action": "sleep"})
    assert answer["error"] and "Task timed out after 2.00 seconds" in answer["body"]["errorMessage"]
    assert account.invoke(name, {"action": "say"})["error"] is None


def test_invocations_beyond_the_limit_wait_for_an_environment(account: Account, code: dict[str, str]) -> None:
    """lambda_process/limit.py."""
    name = account.deploy("busy", {"Busy": function(code)}, {"Name": {"Ref": "Busy"}})["Name"]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: account.invoke(name, {"action": "say"}), range(16)))
    assert [answer["error"] for answer in answers] == [None] * 16
    assert len({answer["body"]["pid"] for answer in answers}) <= ENVIRONMENTS
    account.destroy("busy")


def test_a_reserved_concurrency_is_the_limit_and_who_waits_for_too_long_is_throttled(
    account: Account, code: dict[str, str]
) -> None:
    """lambda_process/limit.py, patches/lambda_reserved_concurrency.py. Each waits for 13 s at most, in which five can
    begin."""
    reserved = function(code, timeout=3)
    reserved["Properties"]["ReservedConcurrentExecutions"] = 1
    name = account.deploy("reserved", {"Reserved": reserved}, {"Name": {"Ref": "Reserved"}})["Name"]

    def outcome(action: str) -> str:
        try:
            answer = account.invoke(name, {"action": action})
            return answer["body"]["pid"] if action == "say" else answer["body"]["errorMessage"].split("Error: ")[1]
        except ClientError as e:
            return e.response["Error"]["Code"]

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(outcome, ["say"] * 4))) == 1
        ends = list(pool.map(outcome, ["sleep"] * 8))
    assert set(ends) == {"Task timed out after 3.00 seconds", "TooManyRequestsException"}, ends
    del reserved["Properties"]["ReservedConcurrentExecutions"]
    account.deploy("reserved", {"Reserved": reserved})
    assert "ReservedConcurrentExecutions" not in account.client("lambda").get_function_concurrency(FunctionName=name)
    account.destroy("reserved")


def test_functions_that_start_together_do_not_disturb_each_other(account: Account, code: dict[str, str]) -> None:
    names = [f"Together{number}" for number in range(4)]
    outputs = account.deploy("together", {n: function(code) for n in names}, {n: {"Ref": n} for n in names})
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda name: account.invoke(name, {"action": "say"}), outputs.values()))
    assert [answer["error"] for answer in answers] == [None] * 4
    account.destroy("together")


def test_a_queue_calls_the_alias(account: Account, probe: dict[str, str]) -> None:
    account.client("sqs").send_message(QueueUrl=probe["Queue"], MessageBody="from the queue")
    until("record in the log group", lambda: "record from the queue" in log(account, probe["Name"]))


def test_a_runtime_that_is_not_java_fails_by_name(account: Account, code: dict[str, str]) -> None:
    client = account.client("lambda")
    client.create_function(FunctionName="node", Runtime="nodejs22.x", Handler="index.handler", Role=ROLE, Code=code)
    until("function made", lambda: client.get_function(FunctionName="node")["Configuration"]["State"] != "Pending")
    with pytest.raises(ClientError, match="function node has runtime nodejs22.x: localaws runs Java functions only"):
        account.invoke("node", {})


def test_upstream_still_ignores_a_reserved_concurrency() -> None:
    source = inspect.getsource(inspect.getmodule(LambdaFunctionProvider))
    assert "put_function_concurrency" not in source, "patches/lambda_reserved_concurrency.py may not be needed"


def test_upstream_still_cannot_update_an_alias() -> None:
    with pytest.raises(NotImplementedError):
        LambdaAliasProvider().update(None)


def test_a_changed_function_is_live_after_the_second_deploy(
    account: Account, code: dict[str, str], probe: dict[str, str]
) -> None:
    """patches/lambda_alias_update.py and patches/cloudformation_replacement.py."""
    account.deploy("functions", versioned(code, "Two"), {"Alias": {"Ref": "Live"}})
    invocations = account.client("lambda").get_function_event_invoke_config(FunctionName=probe["Alias"])
    assert (invocations["MaximumRetryAttempts"], invocations["MaximumEventAgeInSeconds"]) == (0, 60)
    assert account.invoke(probe["Alias"], {})["body"] == {"statusCode": 200, "body": "Two null"}
