"""How many environments a function may have at a time on this machine, and the queue for the invocations beyond them.

AWS starts an environment for each concurrent invocation. Here each one is a JVM, and eight that start at once on two
cores each take longer than a caller waits. So an invocation beyond the limit waits for an environment, at most as long
as one of the function's invocations may take, and is then refused as one beyond a reserved concurrency is.
"""

import collections
import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

from localstack.aws.api.lambda_ import TooManyRequestsException
from localstack.services.lambda_.invocation.counting_service import CountingService

from localaws import settings

INIT_SECONDS = 10.0
"""How long an environment may take to start on AWS, before the function's own time limit begins."""


class Places:
    """The places of one function: taken in the order of arrival, up to a capacity that may change. Thread-safe."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.taken = 0
        self.waiting: collections.deque[threading.Event] = collections.deque()

    def take(self, capacity: int, seconds: float) -> bool:
        """Waits for a place; returns False if there was none within the time."""
        turn = threading.Event()
        with self.lock:
            self.waiting.append(turn)
            self._admit(capacity)
        if turn.wait(seconds):
            return True
        with self.lock:
            if turn.is_set():
                return True
            self.waiting.remove(turn)
            return False

    def leave(self, capacity: int) -> None:
        with self.lock:
            self.taken -= 1
            self._admit(capacity)

    def _admit(self, capacity: int) -> None:
        while self.waiting and self.taken < capacity:
            self.waiting.popleft().set()
            self.taken += 1


def capacity(reserved: int | None) -> int:
    """The function's reserved concurrency, but not more environments than this machine has for a function."""
    return settings.FUNCTION_ENVIRONMENTS if reserved is None else min(reserved, settings.FUNCTION_ENVIRONMENTS)


class EnvironmentLimit:
    """Wraps LocalStack's lease of an invocation, which ends after the invocation's environment is free again."""

    def __init__(self, lease: Callable[..., Any]) -> None:
        self.lease = lease
        self.places: dict[str, Places] = {}

    def places_of(self, function: str) -> Places:
        """The same ones for all threads: unlike defaultdict's, setdefault's look and insertion are one step."""
        return self.places.setdefault(function, Places())

    @contextlib.contextmanager
    def __call__(self, service: CountingService, function: Any, version: Any) -> Iterator[Any]:
        reserved = function.reserved_concurrent_executions if function else None
        if reserved == 0:  # LocalStack refuses it at once, as AWS does
            with self.lease(service, function, version) as kind:
                yield kind
            return
        places = self.places_of(version.id.unqualified_arn())
        if not places.take(capacity(reserved), INIT_SECONDS + version.config.timeout):
            raise TooManyRequestsException(
                "Rate Exceeded.", Reason="ReservedFunctionConcurrentInvocationLimitExceeded", Type="User"
            )
        try:
            with self.lease(service, function, version) as kind:
                yield kind
        finally:
            places.leave(capacity(function.reserved_concurrent_executions if function else None))


def install() -> None:
    limit = EnvironmentLimit(CountingService.get_invocation_lease)

    def get_invocation_lease(self: CountingService, function: Any, function_version: Any) -> Any:
        return limit(self, function, function_version)

    CountingService.get_invocation_lease = get_invocation_lease
