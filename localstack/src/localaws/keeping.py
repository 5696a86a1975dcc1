"""When a deletion is not meant: the next `cdk deploy` deletes a stack whose creation failed before it tries again.

The state kept from the days before that failure must outlive it, as retained resources do on AWS (LocalStack 4.13.1
knows no DeletionPolicy). While such a stack is deleted, what goes is LocalStack's memory only.
"""

import contextlib
import threading
from collections.abc import Iterator

from localstack.aws.api.cloudformation import StackStatus
from localstack.services.cloudformation.engine.v2.change_set_model_executor import (
    ChangeSetModelExecutor,
    ChangeSetModelExecutorResult,
)

from localaws.patches.cloudformation_failed_creation import creation_failed

_lock = threading.Lock()
_cleanups = 0


def deletions_are_meant() -> bool:
    return _cleanups == 0


@contextlib.contextmanager
def cleaning_up() -> Iterator[None]:
    global _cleanups
    with _lock:
        _cleanups += 1
    try:
        yield
    finally:
        with _lock:
            _cleanups -= 1


def install() -> None:
    """After the patches: one of them says which stack failed."""
    original = ChangeSetModelExecutor.execute

    def execute(self: ChangeSetModelExecutor) -> ChangeSetModelExecutorResult:
        stack = self._change_set.stack
        failed = stack.status == StackStatus.DELETE_IN_PROGRESS and creation_failed(stack)
        with cleaning_up() if failed else contextlib.nullcontext():
            return original(self)

    ChangeSetModelExecutor.execute = execute
