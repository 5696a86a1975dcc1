"""`python -m localaws.side_by_side LOGS NAME COMMAND [NAME COMMAND]...` runs test suites side by side, by bash.

The suites' outputs do not mix: each is written to a file in LOGS, and shown from its beginning once the suites named
before it have ended. The first suite that fails stops the others; so does SIGINT or SIGTERM. The exit code is 0 only
when every suite has passed.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

POLL_SECONDS = 0.2
STOP_SECONDS = 60
"""How long a suite may clean up after SIGTERM."""


class Interrupted(Exception):
    """SIGINT or SIGTERM."""


@dataclass(frozen=True)
class Suite:
    """A command in a session of its own, so that it can be stopped with everything that it started."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]
    output: BinaryIO

    @staticmethod
    def start(name: str, command: str, log: Path) -> "Suite":
        with log.open("wb") as output:
            process = subprocess.Popen(
                ["bash", "-euo", "pipefail", "-c", command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return Suite(name, log, process, log.open("rb"))

    def show(self) -> None:
        """What it has printed since it was last shown."""
        sys.stdout.buffer.write(self.output.read())
        sys.stdout.buffer.flush()

    def send(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


def run(suites: list[Suite]) -> int:
    """Shows the suites in their order until all have ended or one has failed."""
    waiting = list(suites)
    while waiting:
        for suite in waiting:
            if suite.process.poll() not in (None, 0):
                suite.show()
                print(f"the suite '{suite.name}' failed; its output is in {suite.log}", flush=True)
                return 1
        passed = waiting[0].process.poll() == 0  # a failure meanwhile is seen in the next round
        waiting[0].show()
        if passed:
            waiting.pop(0)
        else:
            time.sleep(POLL_SECONDS)
    return 0


def stop(suites: list[Suite]) -> None:
    """Ends all that still run, and waits for them."""
    running = [suite for suite in suites if suite.process.poll() is None]
    for suite in running:
        suite.send(signal.SIGTERM)
    for suite in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            suite.process.wait(STOP_SECONDS)
        suite.send(signal.SIGKILL)


def interrupt(*_: object) -> None:
    raise Interrupted


def on_interrupt(handler: Callable[..., None] | signal.Handlers) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def main(logs: Path, *commands: str) -> int:
    suites: list[Suite] = []
    on_interrupt(interrupt)
    try:
        for name, command in zip(commands[::2], commands[1::2], strict=True):
            suites.append(Suite.start(name, command, logs / f"test-{name}.log"))
        return run(suites)
    except Interrupted:
        return 130
    finally:
        on_interrupt(signal.SIG_IGN)
        stop(suites)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
