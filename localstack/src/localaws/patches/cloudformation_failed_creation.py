"""Deleting a stack whose creation failed stops at the first resource that was never created and leaves the others
behind, and so is a resource that was created but did not become stable, whose id is not recorded. The next deployment
then finds their names taken.

Here the resources that were created are deleted, newest first.

Not needed once a stack whose last resource refers to a failed one can be deleted.
"""

import contextlib
from typing import Any

from localstack.aws.api.cloudformation import ChangeAction, ChangeSetType, StackStatus
from localstack.services.cloudformation.engine.v2.change_set_model_executor import (
    ChangeSetModelExecutor,
    ChangeSetModelExecutorResult,
)
from localstack.services.cloudformation.engine.v2.change_set_model_preproc import PreprocProperties
from localstack.services.cloudformation.resource_provider import OperationStatus


def creation_failed(stack: Any) -> bool:
    return getattr(stack, "localaws_creation_failed", False)


def delete_created_resources(executor: ChangeSetModelExecutor) -> ChangeSetModelExecutorResult:
    for name, resource in reversed(executor._change_set.stack.resolved_resources.items()):
        if not resource.get("PhysicalResourceId"):
            continue
        about = {"logical_resource_id": name, "resource_type": resource["Type"]}
        executor._process_event(action=ChangeAction.Remove, event_status=OperationStatus.IN_PROGRESS, **about)
        event = executor._execute_resource_action(
            action=ChangeAction.Remove,
            before_properties=PreprocProperties(properties=resource["Properties"]),
            after_properties=None,
            **about,
        )
        executor._process_event(action=ChangeAction.Remove, event_status=event.status, reason=event.message, **about)
    return ChangeSetModelExecutorResult(resources={}, outputs=[])


def remember_id(executor: ChangeSetModelExecutor, name: str, resource_type: str, model: dict[str, Any]) -> None:
    """Records the id of a resource that exists although its creation failed."""
    providers = executor.resource_provider_executor
    provider = providers.try_load_resource_provider(resource_type)
    if provider is None:
        return
    with contextlib.suppress(LookupError, TypeError):  # the model of one that was not created has no id
        found = providers.extract_physical_resource_id_from_model_with_schema(model, resource_type, provider.SCHEMA)
        executor.resources[name]["PhysicalResourceId"] = found


def apply() -> None:
    original, act = ChangeSetModelExecutor.execute, ChangeSetModelExecutor._execute_resource_action

    def _execute_resource_action(self: ChangeSetModelExecutor, action: ChangeAction, *args: Any, **about: Any) -> Any:
        event = act(self, action, *args, **about)
        if action == ChangeAction.Add and event.status == OperationStatus.FAILED:
            remember_id(self, about["logical_resource_id"], about["resource_type"], event.resource_model)
        return event

    def execute(self: ChangeSetModelExecutor) -> ChangeSetModelExecutorResult:
        stack = self._change_set.stack
        if stack.status == StackStatus.DELETE_IN_PROGRESS and creation_failed(stack):
            return delete_created_resources(self)
        result = original(self)
        creating = self._change_set.change_set_type == ChangeSetType.CREATE
        stack.localaws_creation_failed = bool(creating and result.failure_message)
        return result

    ChangeSetModelExecutor.execute = execute
    ChangeSetModelExecutor._execute_resource_action = _execute_resource_action
