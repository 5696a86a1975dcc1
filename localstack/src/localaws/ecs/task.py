"""One task: starts its containers' processes, waits, and records how they ended."""

import json
import logging
import shutil
import threading
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError
from localstack.aws.connect import connect_to

from localaws import processes, settings
from localaws.ecs.awslogs import AwsLogs
from localaws.ecs.images import NoImage, image_of
from localaws.iam.resources import task_roles

LOG = logging.getLogger(__name__)
STOP_SECONDS = 30  # the default of stopTimeout


def now() -> datetime:
    return datetime.now(UTC)


def exit_code(code: int) -> int:
    """A container that was ended by a signal has the exit code 128 plus the number of the signal."""
    return code if code >= 0 else 128 - code


class Task:
    """One run of a task definition. Thread-safe."""

    def __init__(
        self,
        account: str,
        region: str,
        cluster: Any,
        definition: Any,
        request: Mapping[str, Any],
        group: str,
        on_stop: Callable[["Task"], None] | None = None,
    ) -> None:
        self.account, self.region, self.definition, self.on_stop = account, region, definition, on_stop
        self.id = uuid.uuid4().hex
        self.role, self.execution_role = task_roles(definition, request)
        self.credentials: dict[str, str] = {}
        self.agent: Any = None
        self.processes: dict[str, processes.HostProcess] = {}
        self.stopping = threading.Event()
        self.ended = threading.Event()
        self.lock = threading.Lock()
        overrides = request.get("overrides") or {}
        self.overrides = {o.get("name"): o for o in overrides.get("containerOverrides") or []}
        arn = f"arn:aws:ecs:{region}:{account}:task/{cluster.name}/{self.id}"
        self.containers = {
            container["name"]: {
                "containerArn": f"{arn.replace(':task/', ':container/')}/{uuid.uuid4()}",
                "taskArn": arn,
                "name": container["name"],
                "image": container["image"],
                "lastStatus": "PENDING",
                "networkInterfaces": [],
                "healthStatus": "UNKNOWN",
                "cpu": str(container.get("cpu", 0)),
            }
            for container in definition.container_definitions
        }
        self.view: dict[str, Any] = {
            "taskArn": arn,
            "clusterArn": cluster.arn,
            "taskDefinitionArn": definition.arn,
            "lastStatus": "PROVISIONING",
            "desiredStatus": "RUNNING",
            "group": group,
            "launchType": request.get("launchType") or "FARGATE",
            "platformVersion": "1.4.0",
            "overrides": {"containerOverrides": [], "inferenceAcceleratorOverrides": [], **overrides},
            "startedBy": request.get("startedBy") or "",
            "tags": request.get("tags") or [],
            "cpu": str(definition.cpu or ""),
            "memory": str(definition.memory or ""),
            "createdAt": now(),
            "attachments": [],
            "version": 1,
            "healthStatus": "UNKNOWN",
            "connectivity": "CONNECTED",
            "availabilityZone": f"{region}a",
        }

    def described(self) -> dict[str, Any]:
        """What DescribeTasks answers: a copy, because the task's threads continue while the answer is written."""
        return {**self.view, "containers": [dict(container) for container in self.containers.values()]}

    def start(self) -> None:
        threading.Thread(target=self._run, name=f"ecs-task-{self.id}", daemon=True).start()

    def stop(self, code: str, reason: str) -> None:
        """Returns immediately; the processes have their stopTimeout to end."""
        if self.ended.is_set():
            return
        self._ending(code, reason)
        self.view["desiredStatus"] = "STOPPED"
        self._stop_processes()

    def _run(self) -> None:
        try:
            self._assume_roles()
            threads = []
            for container in self.definition.container_definitions:
                started = threading.Event()
                thread = threading.Thread(target=self._run_container, args=(container, started), daemon=True)
                thread.start()
                threads.append(thread)
                started.wait()
            if not self.stopping.is_set():
                self.view.update(lastStatus="RUNNING", startedAt=now())
            for thread in threads:
                thread.join()
        finally:  # always: a Step Functions execution may be waiting for it
            self._ending("EssentialContainerExited", "Essential container in task exited")
            self.view.update(desiredStatus="STOPPED", stoppedAt=now(), lastStatus="STOPPED")
            self.ended.set()
            if self.on_stop:
                self.on_stop(self)

    def _assume_roles(self) -> None:
        """The agent, which fetches secrets and writes logs, has the execution role; the containers have the task's."""
        account = connect_to(aws_access_key_id=self.account, region_name=self.region)
        try:
            agent = self._session(account, self.execution_role) if self.execution_role else None
            task = self._session(account, self.role) if self.role else None
        except ClientError as e:
            self._ending("TaskFailedToStart", f"ECS was unable to assume the task's role: {e}")
            raise
        self.agent = connect_to(region_name=self.region, **agent) if agent else None
        self.credentials = {name.upper(): value for name, value in (task or {}).items()}

    def _agent(self, what: str) -> Any:
        """The agent's clients; without an execution role, it has none."""
        if not self.agent:
            raise RuntimeError(f"the task definition has no execution role, which {what} needs")
        return self.agent

    def _session(self, account: Any, role: str) -> dict[str, str]:
        sts = account.sts.request_metadata(service_principal="ecs-tasks")
        found = sts.assume_role(RoleArn=role, RoleSessionName=self.id)["Credentials"]
        return {
            "aws_access_key_id": found["AccessKeyId"],
            "aws_secret_access_key": found["SecretAccessKey"],
            "aws_session_token": found["SessionToken"],
        }

    def _run_container(self, container: Mapping[str, Any], started: threading.Event) -> None:
        name, logs = container["name"], None
        view = self.containers[name]
        try:
            image = image_of(name)
            arguments = image.arguments(container, self.overrides.get(name, {}))
            if not arguments:
                raise NoImage(f"container {name} has no command, neither in its task definition nor in LOCALAWS_IMAGES")
            environment = self._environment(container, image.environment)
            if not shutil.which(arguments[0], path=environment.get("PATH")):
                raise NoImage(f"container {name}: {arguments[0]} is not a program on this machine")
            logs = self._logs(container)
            with self.lock:
                if self.stopping.is_set():
                    raise InterruptedError("the task was stopped before the container started")
                process = self._process(arguments, environment, image.working_directory, logs)
                self.processes[name] = process
        except Exception as e:
            kind = "CannotPullContainerError" if isinstance(e, NoImage) else "ResourceInitializationError"
            view.update(lastStatus="STOPPED", reason=f"{kind}: {e}")
            LOG.warning("task %s of %s: %s", self.id, self.definition.family, view["reason"])
            self._ending("TaskFailedToStart", view["reason"])
            self._stop_processes()
            if logs:
                logs.close()
            return
        finally:
            started.set()
        view.update(lastStatus="RUNNING", runtimeId=f"{self.id}-{process.pid}")
        code = exit_code(process.wait())
        if logs:
            logs.close()
        view.update(lastStatus="STOPPED", exitCode=code)
        if container.get("essential", True):
            self._ending("EssentialContainerExited", "Essential container in task exited")
            self._stop_processes()

    def _process(
        self, arguments: list[str], environment: Mapping[str, str], directory: Any, logs: AwsLogs | None
    ) -> processes.HostProcess:
        on_line = logs.line if logs else None
        return processes.HostProcess(
            arguments, environment=environment, directory=directory, on_line=on_line, owns_group=True
        )

    def _logs(self, container: Mapping[str, Any]) -> AwsLogs | None:
        driver = container.get("logConfiguration") or {}
        if driver.get("logDriver") != "awslogs":
            return None
        return AwsLogs(
            self._agent("the log driver awslogs").logs, driver.get("options") or {}, container["name"], self.id
        )

    def _environment(self, container: Mapping[str, Any], of_image: Mapping[str, str]) -> dict[str, str]:
        override = self.overrides.get(container["name"], {})
        return {
            **processes.base_environment(),
            "AWS_ENDPOINT_URL": settings.ENDPOINT,
            "AWS_ENDPOINT_URL_S3": settings.ENDPOINT,  # an IP address: path style
            **self.credentials,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            **of_image,
            **{e["name"]: e.get("value") or "" for e in container.get("environment") or []},
            **{s["name"]: self._secret(s["name"], s["valueFrom"]) for s in container.get("secrets") or []},
            **{e["name"]: e.get("value") or "" for e in override.get("environment") or []},
            processes.OWNER: str(settings.STATE),
        }

    def _secret(self, name: str, source: str) -> str:
        clients = self._agent("a secret")
        try:
            if ":secretsmanager:" not in source:
                parameter = source.split(":parameter", 1)[-1]
                return clients.ssm.get_parameter(Name=parameter, WithDecryption=True)["Parameter"]["Value"]
            # arn:aws:secretsmanager:region:account:secret:name[:key[:stage[:version]]]
            parts = [*source.split(":"), "", "", ""]
            wanted = {"SecretId": ":".join(parts[:7]), "VersionStage": parts[8], "VersionId": parts[9]}
            found = clients.secretsmanager.get_secret_value(**{k: v for k, v in wanted.items() if v})
            return str(json.loads(found["SecretString"])[parts[7]]) if parts[7] else found["SecretString"]
        except Exception as e:
            raise RuntimeError(f"unable to retrieve secret {name} from {source}: {type(e).__name__} {e}") from e

    def _ending(self, code: str, reason: str) -> None:
        """Records why the task ends, unless a reason is already recorded."""
        with self.lock:
            if not self.stopping.is_set():
                self.view.update(stopCode=code, stoppedReason=reason, stoppingAt=now())
                self.stopping.set()

    def _stop_processes(self) -> None:
        for container in self.definition.container_definitions:
            if process := self.processes.get(container["name"]):
                grace = container.get("stopTimeout") or STOP_SECONDS
                threading.Thread(target=process.stop, args=(float(grace),), daemon=True).start()
