"""A second deployment of a stack starts while the first one is at work, and both change it at the same time.

Here a stack that is at work refuses change sets, and a change set that was made before another one was executed is
obsolete, as on AWS.

Not needed once CloudformationProviderV2 asks for the stack's status before it makes or executes a change set.
"""

import functools
import threading
from typing import Any

from localstack.aws.api.cloudformation import ExecutionStatus, StackStatus
from localstack.services.cloudformation.engine.validations import ValidationError
from localstack.services.cloudformation.stores import get_cloudformation_store
from localstack.services.cloudformation.v2.provider import CloudformationProviderV2, find_change_set_v2, find_stack_v2

_lock = threading.Lock()
"""Two executions that begin at the same moment do so one after the other."""


def require_idle(stack: Any) -> None:
    at_work = stack and stack.status.endswith("_IN_PROGRESS") and stack.status != StackStatus.REVIEW_IN_PROGRESS
    if at_work:
        raise ValidationError(f"Stack:{stack.stack_id} is in {stack.status} state and can not be updated.")


def apply() -> None:
    create, execute = CloudformationProviderV2.create_change_set, CloudformationProviderV2.execute_change_set

    @functools.wraps(create)
    def create_change_set(self: CloudformationProviderV2, context: Any, request: Any) -> Any:
        state = get_cloudformation_store(context.account_id, context.region)
        require_idle(find_stack_v2(state, request.get("StackName")))
        return create(self, context, request)

    @functools.wraps(execute)
    def execute_change_set(
        self: CloudformationProviderV2, context: Any, change_set_name: str, stack_name: str | None = None, **more: Any
    ) -> Any:
        state = get_cloudformation_store(context.account_id, context.region)
        with _lock:
            change_set = find_change_set_v2(state, change_set_name, stack_name)
            if change_set:
                require_idle(change_set.stack)
            result = execute(self, context, change_set_name, stack_name, **more)
            for other in state.change_sets.values():
                if other.stack is change_set.stack and other.execution_status == ExecutionStatus.AVAILABLE:
                    other.set_execution_status(ExecutionStatus.OBSOLETE)
        return result

    CloudformationProviderV2.create_change_set = create_change_set
    CloudformationProviderV2.execute_change_set = execute_change_set
