"""EventBridge: rules with patterns and with schedules, their targets, their updates; updates of state machines."""

import json
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from account import ROLE, Account, until
from localstack.services.events.scheduler import Job
from test_functions import function, permission
from test_workflows import Machines, machine

from localaws.patches.events_schedule import due, run_due


def echo(revision: str) -> dict[str, Any]:
    state = {"Type": "Pass", "Parameters": {"revision": revision, "got.$": "$"}, "End": True}
    return {"StartAt": "Echo", "States": {"Echo": state}}


def rules(code: dict[str, str], revision: str, targets: list[str], cutoff: str) -> dict[str, Any]:
    said = json.dumps({"action": "say", "text": f"rule {revision}"})
    target = {
        "function": {"Arn": {"Fn::GetAtt": ["Function", "Arn"]}, "Id": "function", "Input": said},
        "machine": {"Arn": {"Ref": "Machine"}, "Id": "machine", "RoleArn": ROLE, "InputPath": "$.detail"},
        "queue": {"Arn": {"Fn::GetAtt": ["Queue", "Arn"]}, "Id": "queue"},
    }
    send = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage"}
    fixed = {"reason": "monthly", "cutoff": cutoff}
    return {
        "Queue": {"Type": "AWS::SQS::Queue"},
        "Ticks": {"Type": "AWS::SQS::Queue"},
        "Machine": machine(echo(revision), "Log"),
        "Function": function(code),
        "Invoke": permission("Function", "events"),
        "Send": {
            "Type": "AWS::SQS::QueuePolicy",
            "Properties": {"Queues": [{"Ref": "Queue"}, {"Ref": "Ticks"}], "PolicyDocument": {"Statement": [send]}},
        },
        "Log": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/aws/vendedlogs/states/rules"}},
        "Drift": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "EventPattern": {"source": ["vowcheck"], "detail-type": ["DriftDetected"]},
                "State": "ENABLED",
                "Targets": [target[name] for name in targets],
            },
        },
        "Fixed": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "EventPattern": {"source": ["calendar"]},
                "Targets": [{"Arn": {"Ref": "Machine"}, "Id": "machine", "RoleArn": ROLE, "Input": json.dumps(fixed)}],
            },
        },
        "Minutely": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "ScheduleExpression": "rate(1 minute)" if revision == "one" else "cron(* * * * ? *)",
                "Targets": [
                    {
                        "Arn": {"Fn::GetAtt": ["Ticks", "Arn"]},
                        "Id": "ticks",
                        "InputTransformer": {
                            "InputPathsMap": {"time": "$.time"},
                            "InputTemplate": f'{{"revision":"{revision}","time":<time>}}',
                        },
                    }
                ],
            },
        },
    }


OUTPUTS = {
    "Machine": {"Ref": "Machine"},
    "Name": {"Fn::GetAtt": ["Machine", "Name"]},
    "Queue": {"Ref": "Queue"},
    "Ticks": {"Ref": "Ticks"},
    "Function": {"Ref": "Function"},
}


@pytest.fixture(scope="session")
def first(account: Account, code: dict[str, str]) -> dict[str, str]:
    return account.deploy("rules", rules(code, "one", ["machine", "function"], "2025-05-01"), OUTPUTS)


@dataclass
class Updated:
    """The stack after its update, and when that was."""

    found: dict[str, str]
    at: float


@pytest.fixture(scope="session")
def second(account: Account, first: dict[str, str], code: dict[str, str]) -> Updated:
    return Updated(account.deploy("rules", rules(code, "two", ["queue"], "2026-01-01"), OUTPUTS), time.time())


def put(account: Account, source: str, **detail: Any) -> None:
    entry = {"Source": source, "DetailType": "DriftDetected", "Detail": json.dumps(detail)}
    assert account.client("events").put_events(Entries=[entry])["FailedEntryCount"] == 0


def outputs(account: Account, found: dict[str, str], count: int) -> list[dict[str, Any]]:
    machines = Machines(account, found)
    done = until(f"{count} executions", lambda: found_at_least(machines, count))
    return [json.loads(machines.ended(arn)["output"]) for arn in done]


def found_at_least(machines: Machines, count: int) -> list[str]:
    found = machines.executions("Machine")
    return found if len(found) >= count else []


def said(account: Account, name: str) -> str:
    logs = account.client("logs")
    try:
        events = logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
    except logs.exceptions.ResourceNotFoundException:
        return ""
    return "".join(event["message"] for event in events)


def bodies(account: Account, queue: str) -> list[dict[str, Any]]:
    answer = account.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
    return [json.loads(message["Body"]) for message in answer.get("Messages", [])]


def test_a_pattern_starts_an_execution_with_the_detail_and_a_function(account: Account, first: dict[str, str]) -> None:
    put(account, "other", cutoff="ignored")
    put(account, "vowcheck", cutoff="2025-09-01", reason="drift")
    (output,) = outputs(account, first, 1)
    assert output == {"revision": "one", "got": {"cutoff": "2025-09-01", "reason": "drift"}}
    until("function called", lambda: "said rule one" in said(account, first["Function"]))


def test_a_rule_gives_its_constant_input(account: Account, first: dict[str, str]) -> None:
    put(account, "calendar", ignored=True)
    assert {"revision": "one", "got": {"reason": "monthly", "cutoff": "2025-05-01"}} in outputs(account, first, 2)


def test_rules_and_state_machines_are_updated(account: Account, first: dict[str, str], second: Updated) -> None:
    """patches/events_rule_update.py, patches/stepfunctions_state_machine_update.py."""
    assert second.found == first, "the state machine kept its name and ARN"
    put(account, "vowcheck", cutoff="2025-10-01")
    put(account, "calendar")
    found = outputs(account, first, 3)
    assert {"revision": "two", "got": {"reason": "monthly", "cutoff": "2026-01-01"}} in found
    (event,) = until("message", lambda: bodies(account, first["Queue"]))
    assert event["detail"] == {"cutoff": "2025-10-01"}
    assert not [output for output in found if output["got"].get("cutoff") == "2025-10-01"], "that target was removed"


def at(text: str) -> float:
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC).timestamp()


def test_a_schedule_is_due_at_its_time_and_not_before() -> None:
    """patches/events_schedule.py."""
    calls: list[str] = []

    class Recorded(Job):
        def do_run(self) -> None:
            calls.append(self.schedule)

    daily, monthly = Recorded(None, "0 0 * * ? *", True), Recorded(None, "0 0 1 * ? *", True)
    assert due(daily, at("2025-05-31 23:59:01")) == at("2025-06-01 00:00:00")
    run_due([daily, monthly], at("2025-05-31 23:59:01"))
    run_due([daily, monthly], at("2025-05-31 23:59:59.9"))
    assert calls == []
    run_due([daily, monthly], at("2025-06-01 00:00:00.1"))
    run_due([daily, monthly], at("2025-06-01 00:00:00.6"))
    assert calls == ["0 0 * * ? *", "0 0 1 * ? *"]
    run_due([daily, monthly], at("2025-06-02 00:00:00.1"))
    assert calls == ["0 0 * * ? *", "0 0 1 * ? *", "0 0 * * ? *"]


@pytest.mark.last
def test_an_updated_schedule_fires_once_a_minute_and_with_its_new_input(account: Account, second: Updated) -> None:
    """patches/events_schedule.py; the next full minute comes during the tests between the update and this one."""
    sqs, ticks = account.client("sqs"), []

    def late() -> bool:
        answer = sqs.receive_message(
            QueueUrl=second.found["Ticks"], MaxNumberOfMessages=10, AttributeNames=["SentTimestamp"], WaitTimeSeconds=1
        )
        for message in answer.get("Messages", []):
            sent = int(message["Attributes"]["SentTimestamp"]) / 1000
            body = json.loads(message["Body"])
            ticks.append((sent, body["revision"], at(body["time"])))
            sqs.delete_message(QueueUrl=second.found["Ticks"], ReceiptHandle=message["ReceiptHandle"])
        return bool(ticks) and max(sent for sent, _, _ in ticks) > second.at

    until("a tick after the update", late, 120)
    for _ in range(2):  # a second one would arrive meanwhile
        late()
    assert {revision for sent, revision, _ in ticks if sent > second.at} == {"two"}
    assert max(sent % 60 for sent, _, _ in ticks) < 10
    assert max(Counter(int(sent // 60) for sent, _, _ in ticks).values()) == 1
    assert [int(scheduled // 60) for _, _, scheduled in ticks] == [int(sent // 60) for sent, _, _ in ticks]
