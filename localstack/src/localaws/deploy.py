"""`python -m localaws.deploy ASSEMBLY OUTPUTS`: deploys what `cdk synth` has written, as `cdk bootstrap` and
`cdk deploy --all` do, to the LocalStack at AWS_ENDPOINT_URL.

The assets go to the bucket that the assembly names, each stack is created or updated by a change set, in the order of
their dependencies, and their outputs are written to OUTPUTS, a JSON file. The roles of the bootstrap stack do not exist
here, nor do container images. It takes a third of the time of the CDK CLI, which asks for the state of a stack and of a
change set only every five seconds.
"""

import io
import json
import os
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from localaws import check_stacks, durable

POLL_SECONDS = 0.1
EVENTS_SECONDS = 1.0
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
NEVER_CREATED = ("REVIEW_IN_PROGRESS", "CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED")
"""A stack in one of these states cannot be updated, only deleted."""


class DeploymentFailed(Exception):
    """The message is one sentence for the user."""


@dataclass(frozen=True)
class Asset:
    """A file, or a folder that becomes a zip, and where it goes."""

    source: Path
    zipped: bool
    bucket: str
    key: str

    def content(self) -> bytes:
        if not self.zipped:
            return self.source.read_bytes()
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
            for file in sorted(self.source.rglob("*")):
                if file.is_file():
                    entry = zipfile.ZipInfo(str(file.relative_to(self.source)))  # whose time is fixed
                    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, file.stat().st_mode << 16
                    files.writestr(entry, file.read_bytes())
        return archive.getvalue()


@dataclass(frozen=True)
class Stack:
    """A stack's name, its template, and the resources in it."""

    artifact: str
    name: str
    bucket: str
    key: str
    resources: int
    needs: frozenset[str]


class Assembly:
    """The folder that `cdk synth` has written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.artifacts: dict[str, Any] = json.loads((folder / "manifest.json").read_text())["artifacts"]

    def assets(self) -> Iterator[Asset]:
        for artifact in self._of_type("cdk:asset-manifest").values():
            for file in json.loads((self.folder / artifact["properties"]["file"]).read_text())["files"].values():
                source = file["source"]
                for destination in file["destinations"].values():
                    yield Asset(
                        self.folder / source["path"],
                        source["packaging"] == "zip",
                        destination["bucketName"],
                        destination["objectKey"],
                    )

    def bootstrap_parameters(self) -> set[str]:
        """The templates' rules read the version of the bootstrap stack from here."""
        return {
            artifact["properties"]["bootstrapStackVersionSsmParameter"]
            for artifact in self.artifacts.values()
            if "bootstrapStackVersionSsmParameter" in artifact.get("properties", {})
        }

    def stacks(self) -> list[Stack]:
        """In an order in which each comes after those that it needs."""
        waiting = [self._stack(name, artifact) for name, artifact in self._of_type("aws:cloudformation:stack").items()]
        ordered: list[Stack] = []
        while waiting:
            names = {stack.artifact for stack in waiting}
            free = [stack for stack in waiting if not stack.needs & names]
            if not free:
                raise DeploymentFailed(f"the stacks {', '.join(sorted(names))} need each other")
            ordered += free
            waiting = [stack for stack in waiting if stack not in free]
        return ordered

    def _stack(self, name: str, artifact: dict[str, Any]) -> Stack:
        properties = artifact["properties"]
        bucket, key = properties["stackTemplateAssetObjectUrl"].removeprefix("s3://").split("/", 1)
        template = json.loads((self.folder / properties["templateFile"]).read_text())
        needs = frozenset(artifact.get("dependencies", ()))
        return Stack(name, properties.get("stackName", name), bucket, key, len(template["Resources"]), needs)

    def _of_type(self, kind: str) -> dict[str, Any]:
        return {name: artifact for name, artifact in self.artifacts.items() if artifact["type"] == kind}


class Account:
    """The account at LocalStack, through clients that repeat nothing: it is on this machine."""

    def __init__(self, endpoint: str, region: str) -> None:
        def client(service: str) -> Any:
            return boto3.client(
                service,
                endpoint_url=endpoint,
                region_name=region,
                aws_access_key_id=os.environ.get("AWS_ACCESS_KEY_ID") or "test",
                aws_secret_access_key=os.environ.get("AWS_SECRET_ACCESS_KEY") or "test",
                config=Config(read_timeout=600, retries={"total_max_attempts": 1}, max_pool_connections=10),
            )

        self.endpoint, self.region = endpoint, region
        self.cloudformation, self.s3, self.ssm = client("cloudformation"), client("s3"), client("ssm")

    def publish(self, assembly: Assembly) -> None:
        """What a bootstrap stack provides, and the assets that are not there yet."""
        for name in assembly.bootstrap_parameters():
            self.ssm.put_parameter(Name=name, Value="1000", Type="String", Overwrite=True)
        assets = list(assembly.assets())
        for bucket in {asset.bucket for asset in assets}:
            if not self._exists(self.s3.head_bucket, Bucket=bucket):
                self.s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": self.region})
        with ThreadPoolExecutor() as threads:
            for key in threads.map(self._upload, assets):
                print(f"published {key}", flush=True)

    def _upload(self, asset: Asset) -> str:
        if not self._exists(self.s3.head_object, Bucket=asset.bucket, Key=asset.key):
            self.s3.put_object(Bucket=asset.bucket, Key=asset.key, Body=asset.content())
        return asset.key

    @staticmethod
    def _exists(head: Any, **name: str) -> bool:
        try:
            head(**name)
        except ClientError as e:
            if e.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
                raise
            return False
        return True

    def deploy(self, stack: Stack) -> None:
        """Creates or updates a stack. Raises DeploymentFailed with the reasons of the resources that failed. If another
        deployment of the stack is at work, such as one whose caller was interrupted, this one waits for its end."""
        state = self._settled(stack)
        if state in NEVER_CREATED:
            self.cloudformation.delete_stack(StackName=stack.name)
            state = self._settled(stack)
            if state is not None:
                raise DeploymentFailed(f"the stack {stack.name} could not be created before and cannot be deleted")
        earlier = frozenset(event["EventId"] for event in self._events(stack)) if state else frozenset()
        seen = set(earlier)
        change_set = f"localaws-{time.time_ns()}"
        self.cloudformation.create_change_set(
            StackName=stack.name,
            ChangeSetName=change_set,
            ChangeSetType="UPDATE" if state else "CREATE",
            TemplateURL=f"{self.endpoint}/{stack.bucket}/{stack.key}",
            Capabilities=CAPABILITIES,
        )
        if not self._changes(stack, change_set):
            print(f"{stack.name}: no changes", flush=True)
            return
        self.cloudformation.execute_change_set(StackName=stack.name, ChangeSetName=change_set)
        self._executed(stack, change_set, seen)
        state = self._settled(stack)
        self._print_events(stack, seen)
        if state not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            raise DeploymentFailed(failure(stack, state, self._failed(stack, earlier)))

    def _changes(self, stack: Stack, change_set: str) -> bool:
        names = {"StackName": stack.name, "ChangeSetName": change_set}
        while True:
            found = self.cloudformation.describe_change_set(**names)
            if found["Status"] not in ("CREATE_PENDING", "CREATE_IN_PROGRESS"):
                break
            time.sleep(POLL_SECONDS)
        if found["Status"] == "CREATE_COMPLETE":
            return True
        reason = found.get("StatusReason", "")
        if "didn't contain changes" in reason or "No updates are to be performed" in reason:
            self.cloudformation.delete_change_set(**names)
            return False
        raise DeploymentFailed(f"the changes of the stack {stack.name} are refused: {reason or found['Status']}")

    def _executed(self, stack: Stack, change_set: str, seen: set[str]) -> None:
        """Waits for the end: a stack whose creation has failed is not yet rolled back."""
        told = time.monotonic()
        while True:
            found = self.cloudformation.describe_change_set(StackName=stack.name, ChangeSetName=change_set)
            if found["ExecutionStatus"] in ("EXECUTE_COMPLETE", "EXECUTE_FAILED"):
                return
            if time.monotonic() - told > EVENTS_SECONDS:
                self._print_events(stack, seen)
                told = time.monotonic()
            time.sleep(POLL_SECONDS)

    def _settled(self, stack: Stack) -> str | None:
        """The state in which a stack stays; None if it does not exist."""
        state = self._state(stack)
        while state is not None and state.endswith("_IN_PROGRESS") and state != "REVIEW_IN_PROGRESS":
            time.sleep(POLL_SECONDS)
            state = self._state(stack)
        return None if state == "DELETE_COMPLETE" else state

    def _state(self, stack: Stack) -> str | None:
        try:
            return self.cloudformation.describe_stacks(StackName=stack.name)["Stacks"][0]["StackStatus"]
        except ClientError as e:
            if e.response["Error"]["Code"] == "ValidationError":  # it does not exist
                return None
            raise

    def _events(self, stack: Stack) -> list[dict[str, Any]]:
        pages = self.cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack.name)
        return [event for page in pages for event in page["StackEvents"]]

    def _print_events(self, stack: Stack, seen: set[str]) -> None:
        for event in reversed(self._events(stack)):
            if event["EventId"] not in seen:
                seen.add(event["EventId"])
                words = (event[name] for name in ("ResourceStatus", "ResourceType", "LogicalResourceId"))
                print(f"{stack.name} {' '.join(words)} {event.get('ResourceStatusReason', '')}".rstrip(), flush=True)

    def _failed(self, stack: Stack, earlier: frozenset[str]) -> list[str]:
        """The resources that failed, oldest first, and why."""
        return [
            f"{event['LogicalResourceId']} ({event['ResourceType']}): "
            + event.get("ResourceStatusReason", "no reason is given")
            for event in reversed(self._events(stack))
            if event["ResourceStatus"].endswith("_FAILED")
            and event["LogicalResourceId"] != stack.name
            and event["EventId"] not in earlier
        ]

    def outputs(self, stack: Stack) -> dict[str, str]:
        found = self.cloudformation.describe_stacks(StackName=stack.name)["Stacks"][0].get("Outputs", [])
        return {output["OutputKey"]: output["OutputValue"] for output in found}


def failure(stack: Stack, state: str | None, failed: list[str]) -> str:
    """What the user is told: the first resource is the cause, further ones are those that the rollback failed at.

    state: in which the stack stays; None if it is gone, since somebody has deleted it meanwhile
    """
    cause, *further = failed or [f"CloudFormation names no resource, and the stack is in the state {state}"]
    match state:
        case None:
            return f"the stack {stack.name} was deleted while it was deployed: deploy it again"
        case "UPDATE_ROLLBACK_COMPLETE":
            return f"the stack {stack.name} could not be updated and is as it was before: {cause}"
        case "UPDATE_ROLLBACK_FAILED":
            left = ", ".join(further) or "CloudFormation names no resource"
            return f"the stack {stack.name} could not be updated: {cause}; and is not as it was before: {left}"
        case _:
            return f"the stack {stack.name} could not be created: {cause}"


def deploy(account: Account, assembly: Assembly, outputs: Path) -> None:
    stacks = assembly.stacks()
    print(f"{sum(stack.resources for stack in stacks)} resources in {len(stacks)} stacks", flush=True)
    account.publish(assembly)
    for stack in stacks:
        account.deploy(stack)
    names = [stack.name for stack in stacks]
    if found := list(check_stacks.pretended(account.cloudformation, names)):
        raise DeploymentFailed(
            "CloudFormation reports these resources as created, but they do not exist: " + ", ".join(found)
        )
    durable.write(outputs, json.dumps({stack.name: account.outputs(stack) for stack in stacks}, indent=1).encode())


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit("usage: python -m localaws.deploy ASSEMBLY OUTPUTS")
    endpoint = os.environ.get("AWS_ENDPOINT_URL")
    if not endpoint:
        sys.exit("localaws: AWS_ENDPOINT_URL is not set")
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "eu-central-1"
    try:
        deploy(Account(endpoint, region), Assembly(Path(sys.argv[1])), Path(sys.argv[2]).absolute())
    except (DeploymentFailed, BotoCoreError, ClientError, OSError) as e:
        sys.exit(f"localaws: the deployment failed: {e}")


if __name__ == "__main__":
    main()
