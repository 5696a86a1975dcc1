"""A failed update ends in ROLLBACK_COMPLETE, the status of a failed creation. The next deployment therefore deletes
the stack with its data and creates a new one.

Not needed once `ChangeSetModelExecutor.execute` has done its "TODO: differentiate between update and create".
"""

from localstack.aws.api.cloudformation import ChangeSetType, StackStatus
from localstack.services.cloudformation.engine.v2.change_set_model_executor import (
    ChangeSetModelExecutor,
    ChangeSetModelExecutorResult,
)


def apply() -> None:
    original = ChangeSetModelExecutor.execute

    def execute(self: ChangeSetModelExecutor) -> ChangeSetModelExecutorResult:
        result, stack = original(self), self._change_set.stack
        updating = self._change_set.change_set_type == ChangeSetType.UPDATE
        if updating and result.failure_message and stack.status == StackStatus.ROLLBACK_COMPLETE:
            stack.set_stack_status(StackStatus.UPDATE_ROLLBACK_COMPLETE, result.failure_message)
        return result

    ChangeSetModelExecutor.execute = execute
