"""Deployments that fail and are repeated: injected_failures.py, and what a failed creation or update leaves."""

import inspect
import json
from types import SimpleNamespace
from typing import Any

import pytest
from account import PRETENDED, Account, StackError, until
from botocore.exceptions import ClientError
from localstack.services.cloudformation.engine.validations import ValidationError
from localstack.services.cloudformation.v2.provider import CloudformationProviderV2
from test_functions import versioned

from localaws.patches.cloudformation_busy_stack import require_idle

NAMED = {
    "AWS::SQS::Queue": {"QueueName": "failing"},
    "AWS::Logs::LogGroup": {"LogGroupName": "failing"},
    "AWS::SecretsManager::Secret": {"Name": "failing", "GenerateSecretString": {}},
    PRETENDED: {"ServiceToken": "arn:aws:lambda:eu-central-1:000000000000:function:x"},
}


def resource(type_: str) -> dict[str, Any]:
    return {"Type": type_, "Properties": NAMED[type_]}


@pytest.mark.parametrize(
    ("type_", "how"),
    [(type_, how) for type_ in NAMED for how in ("refused", "does not become stable") if type_ != PRETENDED]
    + [(PRETENDED, "refused")],
)
def test_a_creation_that_failed_can_be_repeated_under_the_same_names(account: Account, type_: str, how: str) -> None:
    """patches/cloudformation_failed_creation.py."""
    account.failures.write_text(f"{type_}{'' if how == 'refused' else ' completed'}\n")
    stack = f"failing-{type_.replace('::', '-')}-{how.replace(' ', '-')}"
    first = {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "failing"}}}
    resources = {**first, "Thing": {**resource(type_), "DependsOn": "Topic"}}

    with pytest.raises(StackError, match=f"Thing {how}, as LOCALAWS_FAILURES says"):
        account.deploy(stack, resources)
    assert account.status(stack) == "ROLLBACK_COMPLETE"
    assert account.failures.read_text() == "", "it fails once"
    account.destroy(stack)
    account.deploy(stack, resources)
    account.destroy(stack)


def queue(name: str, seconds: int = 30) -> dict[str, Any]:
    return {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name, "VisibilityTimeout": seconds}}


def visibility(account: Account, name: str) -> str | None:
    sqs = account.client("sqs")
    try:
        url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    except sqs.exceptions.QueueDoesNotExist:
        return None
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"][
        "VisibilityTimeout"
    ]


def test_an_update_that_failed_is_undone_and_can_be_repeated(account: Account, code: dict[str, str]) -> None:
    """patches/cloudformation_update_rollback.py."""
    outputs = {"Alias": {"Ref": "Live"}}
    before = {**versioned(code, "One"), "Changed": queue("undone-changed"), "Dropped": queue("undone-dropped")}
    after = {**versioned(code, "Two"), "Changed": queue("undone-changed", 77), "New": queue("undone-new")}
    last = {"Type": "AWS::SNS::Topic", "DependsOn": ["Invocations", "Changed", "New", "Source"]}
    alias = account.deploy("undone", before, outputs)["Alias"]
    versions = account.client("lambda").list_versions_by_function
    published = len(versions(FunctionName=alias.rsplit(":", 1)[0])["Versions"])

    for _ in range(2):  # the failed update has left nothing that disturbs the next one
        account.failures.write_text("AWS::SNS::Topic completed\n")
        with pytest.raises(StackError, match="Last does not become stable"):
            account.deploy("undone", {**after, "Last": last}, outputs)

        assert account.status("undone") == "UPDATE_ROLLBACK_COMPLETE"
        assert account.invoke(alias, {})["body"]["body"] == "One null"
        assert len(versions(FunctionName=alias.rsplit(":", 1)[0])["Versions"]) == published
        found = [visibility(account, f"undone-{name}") for name in ("changed", "dropped", "new")]
        assert found == ["30", "30", None]

    account.deploy("undone", {**after, "Last": last}, outputs)

    assert account.invoke(alias, {})["body"]["body"] == "Two null"
    found = [visibility(account, f"undone-{name}") for name in ("changed", "dropped", "new")]
    assert found == ["77", None, "30"]


def test_an_update_whose_undoing_fails_says_what_is_left(account: Account) -> None:
    account.deploy("stuck", {"Changed": queue("stuck")})
    account.failures.write_text("AWS::SQS::Queue\nAWS::SQS::Queue\n")
    with pytest.raises(StackError, match=r"UPDATE_ROLLBACK_FAILED: .*Changed refused"):
        account.deploy("stuck", {"Changed": queue("stuck", 77)})


def test_of_two_deployments_at_once_the_second_is_refused_and_changes_nothing(account: Account) -> None:
    """patches/cloudformation_busy_stack.py."""
    account.deploy("busy", {"Queue": queue("busy")})
    cloudformation = account.client("cloudformation")
    for seconds in (40, 50):
        cloudformation.create_change_set(
            StackName="busy",
            ChangeSetName=f"to-{seconds}",
            TemplateBody=json.dumps({"Resources": {"Queue": queue("busy", seconds)}}),
        )
    cloudformation.execute_change_set(StackName="busy", ChangeSetName="to-40")
    # the first one is at work, or has just ended
    with pytest.raises(ClientError, match=r"state and can not be updated|cannot be executed in its current status"):
        cloudformation.execute_change_set(StackName="busy", ChangeSetName="to-50")
    until("update complete", lambda: account.status("busy") == "UPDATE_COMPLETE")
    with pytest.raises(ClientError, match="cannot be executed in its current status"):
        cloudformation.execute_change_set(StackName="busy", ChangeSetName="to-50")
    assert visibility(account, "busy") == "40"


@pytest.mark.parametrize("status", ["CREATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "DELETE_IN_PROGRESS"])
def test_a_stack_that_is_at_work_takes_no_change_set(status: str) -> None:
    with pytest.raises(ValidationError, match=f"Stack:busy is in {status} state and can not be updated"):
        require_idle(SimpleNamespace(stack_id="busy", status=status))


@pytest.mark.parametrize("status", ["REVIEW_IN_PROGRESS", "UPDATE_COMPLETE", "ROLLBACK_COMPLETE"])
def test_an_idle_stack_takes_one(status: str) -> None:
    require_idle(SimpleNamespace(stack_id="idle", status=status))


def test_upstream_still_lets_two_deployments_change_a_stack_at_once() -> None:
    source = inspect.getsource(CloudformationProviderV2.execute_change_set)
    assert "can not be updated" not in source, "patches/cloudformation_busy_stack.py may not be needed"
