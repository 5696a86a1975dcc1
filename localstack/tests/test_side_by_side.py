"""`python -m localaws.side_by_side`, by which `./vowcheck test` runs its suites."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from account import running, until

ENDLESS = "echo pid $$; exec sleep 600"


class Suites:
    """Starts suites whose logs are in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *suites: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "localaws.side_by_side", str(self.folder), *suites]
        self.started.append(subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE, text=True))
        return self.started[-1]

    def pid(self, suite: str) -> int:
        """The pid of an endless suite, once it runs."""
        log = self.folder / f"test-{suite}.log"
        return int(until(f"{suite} runs", lambda: log.exists() and log.read_text().partition("pid ")[2]))


@pytest.fixture
def suites(tmp_path: Path) -> Iterator[Suites]:
    suites = Suites(tmp_path)
    yield suites
    for process in suites.started:
        process.terminate()
        process.wait()


def test_outputs_are_shown_whole_one_after_the_other(suites: Suites) -> None:
    slow = "echo one; until [ -e two ]; do sleep 0.01; done; echo three"
    process = suites.start("slow", slow, "quick", "echo two; touch two")
    assert process.communicate()[0] == "one\nthree\ntwo\n"
    assert process.returncode == 0


def test_the_first_failure_is_shown_and_stops_the_others(suites: Suites) -> None:
    broken = "until grep -q pid test-endless.log; do sleep 0.01; done; echo it breaks; exit 3"
    process = suites.start("endless", ENDLESS, "broken", broken)
    assert "it breaks\nthe suite 'broken' failed" in process.communicate()[0]
    assert process.returncode == 1
    assert not running(suites.pid("endless"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_every_suite(suites: Suites, number: signal.Signals) -> None:
    process = suites.start("one", ENDLESS, "another", ENDLESS)
    pids = [suites.pid("one"), suites.pid("another")]
    process.send_signal(number)
    assert process.wait() == 130
    assert not [pid for pid in pids if running(pid)]
