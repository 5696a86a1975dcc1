"""ecs:runTask.sync succeeds regardless of the containers' exit codes. In addition, the task or execution that a .sync
state started continues when the execution is stopped or the state times out. AWS fails the state with
States.TaskFailed, and stops the task or execution.

Not needed once, without this patch, a state whose task exits with 3 is caught by States.TaskFailed, and its task is
stopped with the execution.
"""

import contextlib
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError
from localstack.aws.api.stepfunctions import HistoryEventType, TaskFailedEventDetails
from localstack.services.stepfunctions.asl.component.common.error_name.failure_event import (
    FailureEvent,
    FailureEventException,
)
from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name import StatesErrorName
from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.service import (
    state_task_service_callback as callback,
)
from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.service import (
    state_task_service_ecs as ecs_service,
)
from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.service import (
    state_task_service_sfn as sfn_service,
)
from localstack.services.stepfunctions.asl.eval.event.event_detail import EventDetails
from localstack.services.stepfunctions.asl.utils.boto_client import boto_client_for
from localstack.services.stepfunctions.asl.utils.encoding import to_json_str

REASON = "The Step Functions execution ended or timed out"
Resolver = Callable[[], Any]


def task_failed(service: Any, env: Any, task: dict[str, Any]) -> FailureEventException:
    kind = StatesErrorNameType.StatesTaskFailed
    details = TaskFailedEventDetails(
        resource=service._get_sfn_resource(),
        resourceType=service._get_sfn_resource_type(),
        error=kind.to_name(),
        cause=to_json_str(task),
    )
    return FailureEventException(
        FailureEvent(
            env=env,
            error_name=StatesErrorName(typ=kind),
            event_type=HistoryEventType.TaskFailed,
            event_details=EventDetails(taskFailedEventDetails=details),
        )
    )


def failed(task: dict[str, Any]) -> bool:
    """A container that never started has no exit code."""
    return any(container.get("ExitCode") != 0 for container in task.get("Containers") or [])


def with_stop(resolver: Resolver, stop: Callable[[], Any]) -> Resolver:
    """The resolver with two attributes: `ended`, whether the task or execution has ended, and `stop`, which ends it."""

    def resolve() -> Any:
        try:
            answer = resolver()
        except FailureEventException:
            resolve.ended = True
            raise
        resolve.ended = answer is not None
        return answer

    resolve.ended, resolve.stop = False, stop
    return resolve


def apply() -> None:
    task_resolver = ecs_service.StateTaskServiceEcs._build_sync_resolver
    execution_resolvers = {
        name: getattr(sfn_service.StateTaskServiceSfn, name)
        for name in ("_build_sync_resolver", "_build_sync2_resolver")
    }
    evaluate = callback.StateTaskServiceCallback._eval_sync

    def client(name: str, resource_runtime_part: Any, state_credentials: Any) -> Any:
        return boto_client_for(service=name, region=resource_runtime_part.region, state_credentials=state_credentials)

    def of_task(self: Any, env: Any, resource_runtime_part: Any, normalised_parameters: Any, state_credentials: Any):
        submitted = env.stack[-1]["Tasks"][0]
        resolver = task_resolver(self, env, resource_runtime_part, normalised_parameters, state_credentials)
        ecs = client("ecs", resource_runtime_part, state_credentials)

        def resolve() -> Any:
            task = resolver()
            if task and failed(task):
                raise task_failed(self, env, task)
            return task

        where = {"cluster": submitted["ClusterArn"], "task": submitted["TaskArn"]}
        return with_stop(resolve, lambda: ecs.stop_task(**where, reason=REASON))

    def of_execution(original: Callable[..., Resolver]) -> Callable[..., Resolver]:
        def build(self: Any, env: Any, resource_runtime_part: Any, normalised_parameters: Any, state_credentials: Any):
            arn = env.stack[-1]["ExecutionArn"]
            resolver = original(self, env, resource_runtime_part, normalised_parameters, state_credentials)
            states = client("stepfunctions", resource_runtime_part, state_credentials)
            return with_stop(resolver, lambda: states.stop_execution(executionArn=arn, cause=REASON))

        return build

    def _eval_sync(self: Any, *args: Any, sync_resolver: Resolver, **kwargs: Any) -> Any:
        try:
            return evaluate(self, *args, sync_resolver=sync_resolver, **kwargs)
        finally:
            if not getattr(sync_resolver, "ended", True):
                with contextlib.suppress(ClientError):  # it has just ended
                    sync_resolver.stop()

    ecs_service.StateTaskServiceEcs._build_sync_resolver = of_task
    for name, original in execution_resolvers.items():
        setattr(sfn_service.StateTaskServiceSfn, name, of_execution(original))
    callback.StateTaskServiceCallback._eval_sync = _eval_sync
