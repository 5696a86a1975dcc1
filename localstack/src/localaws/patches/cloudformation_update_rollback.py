"""A failed update stays as it is: what was changed before the failure is not changed back, what the new template lacks
is deleted, and the stack takes the new template for its own, so that the next deployment finds no changes. Its status
is ROLLBACK_COMPLETE, that of a failed creation, and the next deployment deletes the stack with its data.

Here every change is made undone, newest first, and the stack keeps its template.

Not needed once `ChangeSetModelExecutor.execute` has done its "TODO: differentiate between update and create".
"""

from typing import Any

from localstack.aws.api.cloudformation import ChangeAction, ChangeSetType, StackStatus
from localstack.services.cloudformation.engine.v2.change_set_model import is_nothing
from localstack.services.cloudformation.engine.v2.change_set_model_executor import (
    ChangeSetModelExecutor,
    ChangeSetModelExecutorResult,
)
from localstack.services.cloudformation.engine.v2.change_set_model_preproc import PreprocProperties
from localstack.services.cloudformation.resource_provider import OperationStatus

OF_THE_TEMPLATE = ("template", "processed_template", "template_body", "resolved_parameters")
"""What the engine gives a stack after every execution of a change set, failed ones included."""


class Rollback:
    """The changes that an update has made, and their undoing."""

    def __init__(self, executor: ChangeSetModelExecutor) -> None:
        self.executor, self.stack = executor, executor._change_set.stack
        self.changes: list[tuple[str, Any, Any]] = []
        self.failures: list[str] = []

    def run(self, cause: str) -> None:
        self.stack.set_stack_status(StackStatus.UPDATE_ROLLBACK_IN_PROGRESS, cause)
        former = dict(self.stack.resolved_resources)
        undone = {name: self._undo(name, before, after) for name, before, after in reversed(self.changes)}
        self.executor._deferred_actions.clear()  # nothing that the stack has now is deleted
        self.executor.resources.clear()
        self.executor.resources.update(former | {name: resource for name, resource in undone.items() if resource})

    def _undo(self, name: str, before: Any, after: Any) -> Any:
        """Returns the resource as it is now; None if it is the former one, or none."""
        if is_nothing(after):
            return None  # would have been deleted at the end
        made = self.executor.resources.get(name, {})
        model = made.get("Properties") or {}
        if is_nothing(before) or after.requires_replacement or before.resource_type != after.resource_type:
            former = self.stack.resolved_resources.get(name, {}).get("PhysicalResourceId")
            if made.get("PhysicalResourceId") not in (None, former):
                self._act(name, ChangeAction.Remove, after.resource_type, model, None)
            return None
        old = self.stack.resolved_resources.get(name, {}).get("Properties") or {}
        return self._act(name, ChangeAction.Modify, before.resource_type, {**old, **model}, before.properties)

    def _act(
        self, name: str, action: ChangeAction, type_: str, now: dict[str, Any], wanted: PreprocProperties | None
    ) -> Any:
        about = {"logical_resource_id": name, "resource_type": type_}
        self.executor._process_event(action=action, event_status=OperationStatus.IN_PROGRESS, **about)
        event = self.executor._execute_resource_action(
            action, before_properties=PreprocProperties(properties=now), after_properties=wanted, **about
        )
        self.executor._process_event(action=action, event_status=event.status, reason=event.message, **about)
        if event.status == OperationStatus.FAILED:
            self.failures.append(f"{name} ({type_}): {event.message}")
        return self.executor.resources[name] if wanted and event.status == OperationStatus.SUCCESS else None


def apply() -> None:
    execute_all, process_all = ChangeSetModelExecutor.execute, ChangeSetModelExecutor.process
    change_one = ChangeSetModelExecutor._execute_resource_change

    def execute(self: ChangeSetModelExecutor) -> ChangeSetModelExecutorResult:
        change_set, stack = self._change_set, self._change_set.stack
        updates = change_set.change_set_type == ChangeSetType.UPDATE and stack.status != StackStatus.DELETE_IN_PROGRESS
        self.localaws_rollback = Rollback(self) if updates else None
        result = execute_all(self)
        if updates and result.failure_message:
            for name in OF_THE_TEMPLATE:
                setattr(change_set, name, getattr(stack, name))
            failures = self.localaws_rollback.failures
            status = StackStatus.UPDATE_ROLLBACK_FAILED if failures else StackStatus.UPDATE_ROLLBACK_COMPLETE
            stack.set_stack_status(status, "; ".join(failures) or result.failure_message)
        return result

    def process(self: ChangeSetModelExecutor) -> None:
        try:
            process_all(self)
        except Exception as e:
            if self.localaws_rollback:
                self.localaws_rollback.run(getattr(e, "reason", None) or str(e))
            raise

    def _execute_resource_change(self: ChangeSetModelExecutor, name: str, before: Any, after: Any) -> None:
        try:
            change_one(self, name, before, after)
        finally:
            if self.localaws_rollback:
                self.localaws_rollback.changes.append((name, before, after))

    ChangeSetModelExecutor.execute = execute
    ChangeSetModelExecutor.process = process
    ChangeSetModelExecutor._execute_resource_change = _execute_resource_change
