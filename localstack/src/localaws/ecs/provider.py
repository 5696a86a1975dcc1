"""The ECS operations that moto only pretends to perform: tasks and services. All others are moto's."""

from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from moto.ecs.models import ecs_backends

from localaws.ecs.service import Service
from localaws.ecs.task import Task, now

STOPPED_TASKS_KEPT_SECONDS = 3600
Request = dict[str, Any]


def invalid(message: str, code: str = "InvalidParameterException") -> CommonServiceException:
    return CommonServiceException(code, message, 400)


class EcsProvider:
    """Holds the tasks and services that were created since LocalStack started."""

    def __init__(self) -> None:
        self.tasks: dict[str, Task] = {}
        self.services: dict[str, Service] = {}

    @staticmethod
    def _cluster(context: RequestContext, request: Request) -> Any:
        clusters = ecs_backends[context.account_id][context.region].clusters
        name = (request.get("cluster") or "default").split("/")[-1]
        if name not in clusters or clusters[name].status == "INACTIVE":
            raise invalid("Cluster not found.", "ClusterNotFoundException")
        return clusters[name]

    @staticmethod
    def definition(account: str, region: str, name: str) -> Any:
        return ecs_backends[account][region].describe_task_definition(name)

    # tasks
    def start_task(
        self,
        account: str,
        region: str,
        cluster: Any,
        definition: Any,
        request: Mapping[str, Any],
        group: str,
        on_stop: Callable[[Task], None] | None = None,
    ) -> Task:
        for arn, old in list(self.tasks.items()):
            end = old.view.get("stoppedAt")
            if end and (now() - end).total_seconds() > STOPPED_TASKS_KEPT_SECONDS:
                self.tasks.pop(arn, None)
        task = Task(account, region, cluster, definition, request, group, on_stop)
        self.tasks[task.view["taskArn"]] = task
        task.start()
        return task

    def _task(self, cluster: Any, reference: str) -> Task | None:
        wanted = reference.split("/")[-1]
        tasks = list(self.tasks.values())
        return next((t for t in tasks if t.id == wanted and t.view["clusterArn"] == cluster.arn), None)

    def run_task(self, context: RequestContext, request: Request) -> Any:
        cluster = self._cluster(context, request)
        definition = self.definition(context.account_id, context.region, request["taskDefinition"])
        known = {container["name"] for container in definition.container_definitions}
        for override in (request.get("overrides") or {}).get("containerOverrides") or []:
            if override.get("name") not in known:
                raise invalid(
                    f"Override for container named {override.get('name')} is not a container in the TaskDefinition."
                )
        if definition.network_mode == "awsvpc" and not request.get("networkConfiguration"):
            raise invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
        group = request.get("group") or f"family:{definition.family}"
        tasks = [
            self.start_task(context.account_id, context.region, cluster, definition, request, group)
            for _ in range(request.get("count") or 1)
        ]
        return {"tasks": [task.described() for task in tasks], "failures": []}

    def describe_tasks(self, context: RequestContext, request: Request) -> Any:
        cluster = self._cluster(context, request)
        found = {reference: self._task(cluster, reference) for reference in request["tasks"]}
        missing = [{"arn": reference, "reason": "MISSING"} for reference, task in found.items() if not task]
        return {"tasks": [task.described() for task in found.values() if task], "failures": missing}

    def list_tasks(self, context: RequestContext, request: Request) -> Any:
        cluster = self._cluster(context, request)
        wanted = {"clusterArn": cluster.arn, "desiredStatus": request.get("desiredStatus") or "RUNNING"}
        if request.get("startedBy"):
            wanted["startedBy"] = request["startedBy"]
        if request.get("family"):
            wanted["group"] = f"family:{request['family']}"
        if request.get("serviceName"):
            wanted["group"] = f"service:{request['serviceName'].split('/')[-1]}"
        return {"taskArns": [arn for arn, task in list(self.tasks.items()) if wanted.items() <= task_keys(task)]}

    def stop_task(self, context: RequestContext, request: Request) -> Any:
        task = self._task(self._cluster(context, request), request["task"])
        if not task:
            raise invalid("The referenced task was not found.")
        task.stop("UserInitiated", request.get("reason") or "Task stopped by user")
        return {"task": task.described()}

    # services
    def _service(self, context: RequestContext, request: Request) -> Service:
        cluster, name = self._cluster(context, request), request["service"].split("/")[-1]
        for service in list(self.services.values()):
            if service.cluster.arn == cluster.arn and service.name == name:
                return service
        raise invalid("Service not found.", "ServiceNotFoundException")

    def create_service(self, context: RequestContext, request: Request) -> Any:
        cluster = self._cluster(context, request)
        if any(s.cluster.arn == cluster.arn and s.name == request["serviceName"] for s in self.services.values()):
            raise invalid("Creation of service was not idempotent.")
        service = Service(self, context, cluster, request)
        self.services[service.arn] = service
        return {"service": service.describe()}

    def update_service(self, context: RequestContext, request: Request) -> Any:
        service = self._service(context, request)
        changes = {k: v for k, v in request.items() if v is not None and k not in ("service", "cluster")}
        force = changes.pop("forceNewDeployment", False)
        service.desired = changes.pop("desiredCount", service.desired)
        service.request.update(changes)
        if force or changes.get("taskDefinition", service.definition.arn) != service.definition.arn:
            service.deploy()
        return {"service": service.describe()}

    def delete_service(self, context: RequestContext, request: Request) -> Any:
        service = self._service(context, request)
        if service.desired and not request.get("force"):
            raise invalid("The service cannot be stopped while it is scaled above 0.")
        service.delete()
        return {"service": self.services.pop(service.arn).describe()}

    def describe_services(self, context: RequestContext, request: Request) -> Any:
        found, failures = [], []
        for reference in request["services"]:
            try:
                found.append(self._service(context, {**request, "service": reference}).describe())
            except CommonServiceException:
                failures.append({"arn": reference, "reason": "MISSING"})
        return {"services": found, "failures": failures}

    def list_services(self, context: RequestContext, request: Request) -> Any:
        cluster = self._cluster(context, request)
        return {"serviceArns": [arn for arn, s in list(self.services.items()) if s.cluster.arn == cluster.arn]}


def task_keys(task: Task) -> Any:
    return {name: task.view[name] for name in ("clusterArn", "desiredStatus", "startedBy", "group")}.items()
