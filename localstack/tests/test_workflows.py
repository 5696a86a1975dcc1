"""Step Functions: container tasks and nested executions."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from account import PATIENCE_SECONDS, ROLE, Account, running, until
from containers_stack import Tasks, cluster, definition, lines, write_images
from test_functions import function

SUBSTITUTED = {
    "Cluster": {"Fn::GetAtt": ["Cluster", "Arn"]},
    "Job": {"Ref": "Job"},
    "Subnet": {"Ref": "Subnet0"},
}


def machine(definition: dict[str, Any], log: str = "", **substitutions: Any) -> dict[str, Any]:
    text = json.dumps(definition)
    substituted = {"Fn::Sub": [text, substitutions]} if substitutions else text
    properties: dict[str, Any] = {"RoleArn": ROLE, "DefinitionString": substituted}
    if log:
        destination = {"CloudWatchLogsLogGroup": {"LogGroupArn": {"Fn::GetAtt": [log, "Arn"]}}}
        properties["LoggingConfiguration"] = {
            "Level": "ALL",
            "IncludeExecutionData": False,
            "Destinations": [destination],
        }
    return {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties}


def training(**state: Any) -> dict[str, Any]:
    """As CDK's EcsRunTask writes it, with a catch."""
    return {
        "StartAt": "Train",
        "States": {
            "Train": {
                "Type": "Task",
                "Resource": "arn:aws:states:::ecs:runTask.sync",
                "Parameters": {
                    "Cluster": "${Cluster}",
                    "TaskDefinition": "${Job}",
                    "LaunchType": "FARGATE",
                    "NetworkConfiguration": {"AwsvpcConfiguration": {"Subnets": ["${Subnet}"]}},
                    "Overrides": {
                        "ContainerOverrides": [
                            {
                                "Name": "job",
                                "Command.$": "States.Array($.script)",
                                "Environment": [{"Name": "CUTOFF", "Value.$": "$.cutoff"}],
                            }
                        ]
                    },
                },
                "ResultPath": "$.task",
                "Next": "Done",
                "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Failed"}],
                **state,
            },
            "Done": {"Type": "Pass", "End": True},
            "Failed": {"Type": "Fail", "ErrorPath": "$.error.Error", "CausePath": "$.error.Cause"},
        },
    }


def replay() -> dict[str, Any]:
    """A sequence of nested executions."""
    return {
        "StartAt": "Each",
        "States": {
            "Each": {
                "Type": "Map",
                "MaxConcurrency": 1,
                "ItemsPath": "$.cutoffs",
                "ItemSelector": {"cutoff.$": "$$.Map.Item.Value", "script.$": "$.script"},
                "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "INLINE"},
                    "StartAt": "One",
                    "States": {
                        "One": {
                            "Type": "Task",
                            "Resource": "arn:aws:states:::states:startExecution.sync:2",
                            "Parameters": {
                                "StateMachineArn": "${Inner}",
                                "Input.$": "$",
                            },
                            "ResultSelector": {"cutoff.$": "$.Output.cutoff", "status.$": "$.Status"},
                            "End": True,
                        }
                    },
                },
                "End": True,
            }
        },
    }


def call() -> dict[str, Any]:
    """A function's state, as CDK's LambdaInvoke writes it, with a catch."""
    return {
        "StartAt": "Call",
        "States": {
            "Call": {
                "Type": "Task",
                "Resource": "${Function}",
                "End": True,
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Failed"}],
            },
            "Failed": {"Type": "Fail"},
        },
    }


def resources(code: dict[str, str]) -> dict[str, Any]:
    return {
        **cluster("/workflows"),
        "States": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/aws/vendedlogs/states/tests"}},
        "Job": definition("job", StopTimeout=2),
        "Training": machine(training(), "States", **SUBSTITUTED),
        "Hurried": machine(training(TimeoutSeconds=2), **SUBSTITUTED),
        "Replay": machine(replay(), Inner={"Ref": "Training"}),
        "Function": function(code, timeout=6),
        "Caller": machine(call(), Function={"Fn::GetAtt": ["Function", "Arn"]}),
    }


class Machines:
    """Starts executions of the stack's state machines and waits for them to end."""

    def __init__(self, account: Account, arns: dict[str, str]) -> None:
        self.states, self.arns = account.client("stepfunctions"), arns

    def start(self, name: str, **data: Any) -> str:
        return self.states.start_execution(stateMachineArn=self.arns[name], input=json.dumps(data))["executionArn"]

    def ended(self, execution: str, seconds: float = PATIENCE_SECONDS) -> dict[str, Any]:
        def found() -> dict[str, Any] | None:
            answer = self.states.describe_execution(executionArn=execution)
            return answer if answer["status"] != "RUNNING" else None

        return until("execution ended", found, seconds)

    def executions(self, name: str, status: str = "SUCCEEDED") -> list[str]:
        found = self.states.list_executions(stateMachineArn=self.arns[name], statusFilter=status)
        return [execution["executionArn"] for execution in found["executions"]]


@pytest.fixture(scope="module")
def deployed(account: Account, code: dict[str, str]) -> Iterator[dict[str, str]]:
    write_images(account)
    names = ("Cluster", "Subnet0", "Training", "Hurried", "Replay", "Function", "Caller")
    yield account.deploy("workflows", resources(code), {name: {"Ref": name} for name in names})
    account.destroy("workflows")


@pytest.fixture(scope="module")
def machines(account: Account, deployed: dict[str, str]) -> Machines:
    return Machines(account, deployed)


@pytest.fixture(scope="module")
def tasks(account: Account, deployed: dict[str, str]) -> Tasks:
    return Tasks(account, deployed["Cluster"], deployed["Subnet0"])


def started(account: Account, mark: str) -> int:
    """The pid that a script prints after a mark."""
    found = until(mark, lambda: lines(account, "/workflows").partition(f"{mark} ")[2])
    return int(found.split()[0])


def test_a_container_task_gets_its_overrides_and_succeeds(account: Account, machines: Machines) -> None:
    ended = machines.ended(machines.start("Training", script="echo trained up to $CUTOFF", cutoff="2025-05-01"))
    assert ended["status"] == "SUCCEEDED"
    (container,) = json.loads(ended["output"])["task"]["Containers"]
    assert container["ExitCode"] == 0
    until("log", lambda: "trained up to 2025-05-01" in lines(account, "/workflows"))


def test_an_exit_code_fails_the_state_and_is_in_its_cause(machines: Machines) -> None:
    """patches/stepfunctions_sync.py."""
    ended = machines.ended(machines.start("Training", script="exit 3", cutoff="x"))
    assert (ended["status"], ended["error"]) == ("FAILED", "States.TaskFailed")
    cause = json.loads(ended["cause"])
    assert cause["Containers"][0]["ExitCode"] == 3
    assert cause["StoppedReason"] == "Essential container in task exited"


def test_a_stopped_execution_stops_its_task(account: Account, machines: Machines, tasks: Tasks) -> None:
    """patches/stepfunctions_sync.py, patches/stepfunctions_aborted.py."""
    execution = machines.start("Training", script="echo abort $$; exec sleep 600", cutoff="x")
    pid = started(account, "abort")
    machines.states.stop_execution(executionArn=execution, error="Stopped", cause="by hand")
    ended = machines.ended(execution)
    assert (ended["status"], ended["error"], ended["cause"]) == ("ABORTED", "Stopped", "by hand")
    until("process gone", lambda: not running(pid))
    reasons = [tasks.look(arn)["stoppedReason"] for arn in stopped(tasks)]
    assert "The Step Functions execution ended or timed out" in reasons


def test_an_execution_that_is_stopped_while_its_function_runs_is_aborted_at_once(
    account: Account, machines: Machines, deployed: dict[str, str]
) -> None:
    """patches/stepfunctions_stopped.py: the function fails later, at its time limit."""
    execution = machines.start("Caller", action="sleep")
    until("function called", lambda: function_runs(account, deployed["Function"]))
    machines.states.stop_execution(executionArn=execution)
    assert machines.ended(execution, seconds=5)["status"] == "ABORTED"
    until("function timed out", lambda: not function_runs(account, deployed["Function"]))
    assert machines.ended(execution)["status"] == "ABORTED"


def function_runs(account: Account, name: str) -> bool:
    """A function that sleeps has a process, which its time limit ends."""
    return any(f"AWS_LAMBDA_FUNCTION_NAME={name}" in environment(pid) for pid in account.descendants())


def environment(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/environ").read_text().split("\0")
    except OSError:
        return []


def stopped(tasks: Tasks) -> list[str]:
    return tasks.ecs.list_tasks(cluster=tasks.cluster, desiredStatus="STOPPED")["taskArns"]


def test_a_state_that_times_out_stops_its_task(account: Account, machines: Machines) -> None:
    """patches/stepfunctions_sync.py."""
    execution = machines.start("Hurried", script="echo timeout $$; exec sleep 600", cutoff="x")
    pid = started(account, "timeout")
    ended = machines.ended(execution)
    assert (ended["status"], ended["error"]) == ("FAILED", "States.Timeout")
    until("process gone", lambda: not running(pid))


def test_nested_executions_run_in_order_and_give_their_output(machines: Machines) -> None:
    cutoffs = ["2025-05-01", "2025-06-01"]
    ended = machines.ended(machines.start("Replay", script="exit 0", cutoffs=cutoffs))
    assert json.loads(ended["output"]) == [{"cutoff": cutoff, "status": "SUCCEEDED"} for cutoff in cutoffs]


def test_a_failed_nested_execution_fails_its_parent_with_the_cause(machines: Machines) -> None:
    ended = machines.ended(machines.start("Replay", script="exit 4", cutoffs=["2025-05-01"]))
    assert (ended["status"], ended["error"]) == ("FAILED", "States.TaskFailed"), ended["cause"]
    inner = json.loads(ended["cause"])
    assert inner["Status"] == "FAILED"
    assert json.loads(inner["Cause"])["Containers"][0]["ExitCode"] == 4


def test_a_stopped_parent_stops_the_nested_execution_and_its_task(account: Account, machines: Machines) -> None:
    """patches/stepfunctions_sync.py."""
    script = "echo nested $$; exec sleep 600"
    execution = machines.start("Replay", script=script, cutoffs=["2025-05-01", "2025-06-01"])
    pid = started(account, "nested")
    (inner,) = machines.executions("Training", "RUNNING")
    machines.states.stop_execution(executionArn=execution)
    assert machines.ended(inner)["status"] == "ABORTED"
    until("process gone", lambda: not running(pid))


def test_a_killed_process_fails_the_state_with_its_signal(account: Account, machines: Machines) -> None:
    execution = machines.start("Training", script="echo killed $$; exec sleep 600", cutoff="x")
    os.kill(started(account, "killed"), 9)
    ended = machines.ended(execution)
    assert json.loads(ended["cause"])["Containers"][0]["ExitCode"] == 137
