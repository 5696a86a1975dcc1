"""For tests: creations and updates of resources that fail once, as those that AWS refuses.

LOCALAWS_FAILURES names a file with one resource type a line. The next creation or update of a resource of that type
fails, and its line is taken out of the file. `AWS::SQS::Queue` is refused and changes nothing; with `AWS::SQS::Queue
completed`, the resource is created or updated first, as one that does not become stable. Without the variable, nothing
fails.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from localstack.services.cloudformation.engine.v2.change_set_model_executor import ChangeSetModelExecutor
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent, ResourceProvider

from localaws import durable, settings

COMPLETED = "completed"
_lock = threading.Lock()


def lines_of(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def take(file: Path, line: str) -> bool:
    """Whether the file has the line; if so, it has it no longer."""
    with _lock:
        lines = lines_of(file)
        if line not in lines:
            return False
        lines.remove(line)
        durable.write(file, "".join(f"{left}\n" for left in lines).encode())
        return True


def failing(file: Path, resource_type: str, action: Callable[[Any], ProgressEvent]) -> Callable[[Any], ProgressEvent]:
    def act(request: Any) -> ProgressEvent:
        if take(file, resource_type):
            return ProgressEvent(
                OperationStatus.FAILED, resource_model={}, message="refused, as LOCALAWS_FAILURES says"
            )
        event = action(request)
        if event.status == OperationStatus.SUCCESS and take(file, f"{resource_type} {COMPLETED}"):
            reason = "does not become stable, as LOCALAWS_FAILURES says"
            return ProgressEvent(OperationStatus.FAILED, resource_model=event.resource_model, message=reason)
        return event

    return act


class Refused(ResourceProvider):
    """In place of a provider for a type that is only pretended to be created."""

    def __init__(self, resource_type: str) -> None:
        self.TYPE = resource_type
        self.SCHEMA = {"typeName": resource_type, "primaryIdentifier": []}


def install() -> None:
    """Call this after applying the patches: one of them decides which types have a provider."""
    if not settings.FAILURES:
        return
    file, original = settings.FAILURES, ChangeSetModelExecutor.__init__

    def __init__(self: ChangeSetModelExecutor, change_set: Any) -> None:
        original(self, change_set)
        provider_of = self.resource_provider_executor.try_load_resource_provider

        def failing_provider_of(resource_type: str) -> ResourceProvider | None:
            provider = provider_of(resource_type)
            if provider is None:
                if resource_type not in lines_of(file):
                    return None
                provider = Refused(resource_type)
            provider.create = failing(file, resource_type, provider.create)  # each action has its own object
            provider.update = failing(file, resource_type, provider.update)
            return provider

        self.resource_provider_executor.try_load_resource_provider = failing_provider_of

    ChangeSetModelExecutor.__init__ = __init__
