"""Keeps a service's desiredCount tasks running."""

import logging
import threading
import uuid
from typing import Any

from localaws import processes
from localaws.cloudformation.rows import BREAKER_FAILURES
from localaws.ecs.task import Task, now

LOG = logging.getLogger(__name__)
STEADY_SECONDS = 2.0
POLL_SECONDS = 0.2
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 8.0
EVENTS_KEPT = 100
SHOWN = (
    *("loadBalancers", "serviceRegistries", "networkConfiguration", "deploymentConfiguration", "propagateTags"),
    *("healthCheckGracePeriodSeconds", "tags", "platformVersion", "enableECSManagedTags", "enableExecuteCommand"),
    *("capacityProviderStrategy", "roleArn", "deploymentController"),
)


class Service:
    """One service; a thread supervises its tasks until the service is deleted."""

    def __init__(self, provider: Any, context: Any, cluster: Any, request: dict[str, Any]) -> None:
        self.provider, self.account, self.region = provider, context.account_id, context.region
        self.cluster, self.request, self.name = cluster, dict(request), request["serviceName"]
        self.arn = f"arn:aws:ecs:{self.region}:{self.account}:service/{cluster.name}/{self.name}"
        count = request.get("desiredCount")
        self.desired = 1 if count is None else int(count)
        self.status, self.created = "ACTIVE", now()
        self.tasks: list[Task] = []
        self.events: list[dict[str, Any]] = []
        self.wake = threading.Event()
        self.deploy()
        threading.Thread(target=self._supervise, name=f"ecs-service-{self.name}", daemon=True).start()

    def deploy(self) -> None:
        """Stops the running tasks before it starts new ones: on this machine, two tasks cannot share a port."""
        self.definition = self.provider.definition(self.account, self.region, self.request["taskDefinition"])
        self.failures, self.rollout, self.deployed = 0, "IN_PROGRESS", now()
        self.deployment_id = f"ecs-svc/{uuid.uuid4().int % 10**19}"
        for task in list(self.tasks):
            task.stop("ServiceSchedulerInitiated", "Scaling activity initiated by deployment")
        self.wake.set()

    def delete(self) -> None:
        self.desired, self.status = 0, "DRAINING"
        for task in list(self.tasks):
            task.stop("ServiceSchedulerInitiated", "Service deleted")
        self.wake.set()

    def _supervise(self) -> None:
        while (self.status == "ACTIVE" or self.tasks) and not processes.ending():
            self.tasks = [task for task in self.tasks if not task.ended.is_set()]
            alive = [task for task in self.tasks if not task.stopping.is_set()]
            leaving = len(self.tasks) - len(alive)
            if self.status == "ACTIVE" and self.rollout != "FAILED" and not leaving and len(alive) < self.desired:
                self._start(self.desired - len(alive))
            for task in alive[self.desired :]:
                task.stop("ServiceSchedulerInitiated", "Scaling activity initiated by the service scheduler")
            steady = [task for task in alive if self._steady(task)]
            if len(steady) >= self.desired and not leaving:
                self.rollout, self.failures = "COMPLETED", 0
            self.wake.wait(POLL_SECONDS)
            self.wake.clear()
        self.status = "INACTIVE"

    @staticmethod
    def _steady(task: Task) -> bool:
        since = task.view.get("startedAt")
        running = task.view["lastStatus"] == "RUNNING"
        return bool(running and since and (now() - since).total_seconds() > STEADY_SECONDS)

    def _start(self, count: int) -> None:
        if self.failures:
            deployment = self.deployment_id
            self.wake.wait(min(FIRST_WAIT_SECONDS * 2 ** (self.failures - 1), LONGEST_WAIT_SECONDS))
            self.wake.clear()
            if self.status != "ACTIVE" or deployment != self.deployment_id:
                return
        request = {**self.request, "startedBy": self.deployment_id, "overrides": None}
        for _ in range(count):
            task = self.provider.start_task(
                self.account,
                self.region,
                self.cluster,
                self.definition,
                request,
                f"service:{self.name}",
                self._stopped,
            )
            self.tasks.append(task)

    def _stopped(self, task: Task) -> None:
        if task.view.get("stopCode") == "ServiceSchedulerInitiated" or self.status != "ACTIVE" or processes.ending():
            return
        self.failures += 1
        ends = [c.get("reason") or f"{c['name']} exited with {c.get('exitCode')}" for c in task.containers.values()]
        message = f"(service {self.name}) task {task.id} stopped: {task.view['stoppedReason']} ({'; '.join(ends)})"
        LOG.warning("%s", message)
        event = {"id": str(uuid.uuid4()), "createdAt": now(), "message": message}
        self.events = [event, *self.events[: EVENTS_KEPT - 1]]
        if self.rollout == "IN_PROGRESS" and self.failures >= BREAKER_FAILURES and self._has_breaker():
            self.rollout = "FAILED"

    def _has_breaker(self) -> bool:
        configuration = self.request.get("deploymentConfiguration") or {}
        return bool((configuration.get("deploymentCircuitBreaker") or {}).get("enable"))

    def describe(self) -> dict[str, Any]:
        running = sum(task.view["lastStatus"] == "RUNNING" for task in list(self.tasks))
        counts = {
            "desiredCount": self.desired,
            "runningCount": running,
            "pendingCount": max(0, self.desired - running),
            "taskDefinition": self.definition.arn,
            "launchType": self.request.get("launchType") or "FARGATE",
        }
        deployment = {
            "id": self.deployment_id,
            "status": "PRIMARY",
            "rolloutState": self.rollout,
            "failedTasks": self.failures,
            "createdAt": self.deployed,
            "updatedAt": self.deployed,
            **counts,
        }
        return {
            "serviceArn": self.arn,
            "serviceName": self.name,
            "clusterArn": self.cluster.arn,
            "status": self.status,
            "schedulingStrategy": "REPLICA",
            "createdAt": self.created,
            "events": self.events,
            **counts,
            **{name: self.request[name] for name in SHOWN if self.request.get(name) is not None},
            "deployments": [deployment],
        }
