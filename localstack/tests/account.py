"""One localaws in a separate process, and the calls that tests make to it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import boto3
from botocore.config import Config

REGION = "eu-central-1"
NEEDED = {
    "LOCALAWS_RIC_JARS": "the directory with the jars of aws-lambda-java-runtime-interface-client",
    "LOCALAWS_JAVA_HOME": "a JDK's directory",
    "LOCALAWS_POSTGRES_HOME": "the directory that localaws.rds.unpack made",
}
PRETENDED = "Custom::Trigger"
START_SECONDS = 180
PATIENCE_SECONDS = 60
"""How long a test waits for something, on a busy machine."""
ENVIRONMENTS = 2
"""How many a function may have at a time, whatever this machine has."""
ROLE = "arn:aws:iam::000000000000:role/tests"
"""May do everything, and every service may assume it."""
SERVICES = [f"{name}.amazonaws.com" for name in ("lambda", "states", "events", "ecs-tasks")]
T = TypeVar("T")


def policy(*statements: dict[str, Any]) -> str:
    """A policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


class StackError(AssertionError):
    """A failed deploy; the message has the reason of each failed resource."""


def needed(name: str) -> Path:
    value = os.environ.get(name)
    assert value, f"set {name} to {NEEDED[name]}"
    assert Path(value).is_dir(), f"{name} is {value}, which is no directory"
    return Path(value)


def until(what: str, test: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
    """Polls until the test returns something true, and returns it."""
    deadline = time.monotonic() + seconds
    while not (found := test()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.05)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def running(pid: int) -> bool:
    """A zombie, for which its parent has not waited yet, has ended too."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Account:
    """localaws on a free port, with more settings than all have; `state` is kept when it ends."""

    def __init__(self, state: Path, **settings: str) -> None:
        self.settings = settings
        self.state, self.images, self.port = state, state / "images.json", free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.failures = state / "failures"
        self.process: subprocess.Popen | None = None

    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": "/proc/self/nowhere",  # where nobody can write
            **{name: str(needed(name)) for name in NEEDED},
            "GATEWAY_LISTEN": f"127.0.0.1:{self.port}",
            "LOCALAWS_STATE": str(self.state),
            "LOCALAWS_PRETENDED_TYPES": PRETENDED,
            "LOCALAWS_IMAGES": str(self.images),
            "LOCALAWS_FAILURES": str(self.failures),
            "LOCALAWS_FUNCTION_ENVIRONMENTS": str(ENVIRONMENTS),
            **self.settings,
        }

    def start(self) -> "Account":
        self.state.mkdir(parents=True, exist_ok=True)
        self.log = self.state / "log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "localaws"],
                env=self.environment(),
                cwd=self.state,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until("ready", self._is_ready, START_SECONDS)
        self.allow(ROLE, "*", "*")
        return self

    def _is_ready(self) -> bool:
        assert self.process.poll() is None, f"localaws ended: {self.log.read_text()[-2000:]}"
        return f"ready on {self.endpoint}" in self.log.read_text()

    def stop(self) -> float:
        """Asks it to end, and returns how many seconds that took."""
        begin = time.monotonic()
        self.process.terminate()
        self.process.wait(timeout=30)
        return time.monotonic() - begin

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=10)

    def descendants(self) -> dict[int, str]:
        """The names of all its descendant processes by pid."""
        parents, names = {}, {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                head, rest = path.read_text().rsplit(")", 1)
            except OSError:
                continue
            pid = int(head.split(" ", 1)[0])
            parents[pid], names[pid] = int(rest.split()[1]), head.split("(", 1)[1]
        below, last = {self.process.pid}, set()
        while below != last:
            last = set(below)
            below |= {pid for pid, parent in parents.items() if parent in below}
        return {pid: names[pid] for pid in below - {self.process.pid}}

    def client(self, service: str, key: str = "test", secret: str = "test", token: str | None = None) -> Any:
        """A client of the account's administrator or, with the three parts of its credentials, of a role's session."""
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            aws_session_token=token,
            config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 0}, read_timeout=300),
        )

    def allow(self, role: str, actions: str | list[str], resources: str | list[str]) -> None:
        """Gives a role, which is created if it does not exist, one policy with one statement."""
        iam, name = self.client("iam"), role.rsplit("/", 1)[-1]
        with contextlib.suppress(iam.exceptions.EntityAlreadyExistsException):
            trust = {"Effect": "Allow", "Principal": {"Service": SERVICES}, "Action": "sts:AssumeRole"}
            iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust))
        own = policy({"Effect": "Allow", "Action": actions, "Resource": resources})
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=own)

    # stacks
    def deploy(self, name: str, resources: dict[str, Any], outputs: dict[str, Any] | None = None) -> dict[str, str]:
        """Creates or updates a stack with a change set, as `cdk deploy` does, and returns its outputs."""
        cloudformation = self.client("cloudformation")
        exists = self.status(name) not in ("", "DELETE_COMPLETE")
        outputs = outputs or {}
        change = cloudformation.create_change_set(
            StackName=name,
            ChangeSetName=f"change-{time.time_ns()}",
            ChangeSetType="UPDATE" if exists else "CREATE",
            TemplateBody=json.dumps(
                {"Resources": resources, "Outputs": {key: {"Value": value} for key, value in outputs.items()}}
            ),
            Capabilities=["CAPABILITY_NAMED_IAM"],
        )["Id"]

        def state(of: str, *ends: str) -> str:
            found = cloudformation.describe_change_set(ChangeSetName=change)
            assert found["Status"] != "FAILED", found.get("StatusReason")
            return found[of] if found[of] in ends else ""

        until(f"change set of {name}", lambda: state("Status", "CREATE_COMPLETE"))
        cloudformation.execute_change_set(ChangeSetName=change)
        done = until(f"stack {name}", lambda: state("ExecutionStatus", "EXECUTE_COMPLETE", "EXECUTE_FAILED"), 300)
        if done == "EXECUTE_FAILED":
            events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
            reasons = [f"{e['LogicalResourceId']} {e.get('ResourceStatusReason')}" for e in events]
            raise StackError(f"{self.status(name)}: " + "; ".join(reasons))
        found = cloudformation.describe_stacks(StackName=name)["Stacks"][0].get("Outputs", [])
        return {output["OutputKey"]: output["OutputValue"] for output in found}

    def destroy(self, name: str) -> None:
        cloudformation = self.client("cloudformation")
        cloudformation.delete_stack(StackName=name)
        until(f"{name} gone", lambda: self.status(name) in ("", "DELETE_COMPLETE", "DELETE_FAILED"), 300)
        assert self.status(name) != "DELETE_FAILED"

    def status(self, stack: str) -> str:
        found = self.client("cloudformation").describe_stacks()["Stacks"]
        return next((s["StackStatus"] for s in found if s["StackName"] == stack), "")

    # functions and APIs
    def invoke(self, function: str, event: dict[str, Any], **options: Any) -> dict[str, Any]:
        answer = self.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event), **options)
        return {"error": answer.get("FunctionError"), "body": json.loads(answer["Payload"].read() or b"null")}

    def call(self, api: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
        return self.get(f"{self.endpoint}/_aws/execute-api/{api}/test{path}", headers)

    @staticmethod
    def get(url: str, headers: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
        """The status, body and headers of the answer."""
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=60) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as e:
            return e.code, e.read().decode(), dict(e.headers)
