"""Whether deleting a resource also deletes its kept state.

Before a deployment creates a stack again whose creation failed, it deletes the failed stack. State kept from before the
failure must survive this, as retained resources do on AWS (LocalStack ignores DeletionPolicy). While such a
stack is deleted, resources are therefore removed from LocalStack's memory only.
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
_retaining = 0


def deletes_kept_state() -> bool:
    return _retaining == 0


@contextlib.contextmanager
def retaining() -> Iterator[None]:
    global _retaining
    with _lock:
        _retaining += 1
    try:
        yield
    finally:
        with _lock:
            _retaining -= 1


def install() -> None:
    """Call this after applying the patches: one of them records which stacks failed."""
    original = ChangeSetModelExecutor.execute

    def execute(self: ChangeSetModelExecutor) -> ChangeSetModelExecutorResult:
        stack = self._change_set.stack
        failed = stack.status == StackStatus.DELETE_IN_PROGRESS and creation_failed(stack)
        with retaining() if failed else contextlib.nullcontext():
            return original(self)

    ChangeSetModelExecutor.execute = execute
