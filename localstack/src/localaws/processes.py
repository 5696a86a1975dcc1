"""Host processes, which LocalStack starts and stops and which end with it."""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

LOG = logging.getLogger(__name__)
KEPT = ("PATH", "HOME", "USER", "TMPDIR", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
OWNER = "LOCALAWS_OWNER"
"""Environment variable of a process that owns its group; its value is the state directory of its LocalStack."""

_live: set["HostProcess"] = set()
_ending = threading.Event()


def base_environment() -> dict[str, str]:
    """Without LocalStack's own settings, AWS_* and JAVA_*, which are not meant for other processes.

    Java opens no file with an umlaut in its path without a UTF-8 locale, and this one is on every machine.
    """
    return {"LC_ALL": "C.UTF-8"} | {name: os.environ[name] for name in KEPT if name in os.environ}


def unprivileged(command: Sequence[str]) -> list[str]:
    """The command as another user than root, for a program that refuses to run as root.

    In a user namespace without a mapping, geteuid() and the owner of root's files are the overflow uid, while the
    kernel still checks access as root: neither an account nor a chown is needed. zonky's embedded-postgres does the
    same.
    """
    return ["unshare", "--user", "--", *command] if os.geteuid() == 0 else list(command)


def with_parent(command: Sequence[str], stop_signal: signal.Signals) -> list[str]:
    """The command, such that the kernel signals it when the thread that forked it ends, also by kill -9."""
    name = stop_signal.name.removeprefix("SIG")
    return ["setpriv", "--pdeathsig", name, "--", *command] if shutil.which("setpriv") else list(command)


class HostProcess:
    """A process in a group of its own, started and awaited by one thread, which the parent-death signal requires.

    The constructor returns when the process exists; `on_exit` is called on the awaiting thread with the return code
    (negative: a signal). With `owns_group`, the rest of its group is killed when it ends, as in a container.
    Thread-safe.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        directory: Path,
        output: int | None = None,
        on_line: Callable[[str], None] | None = None,
        on_exit: Callable[["HostProcess", int], None] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        drop_root: bool = False,
        owns_group: bool = False,
    ) -> None:
        if _ending.is_set():
            raise RuntimeError("LocalStack is stopping")
        self.stop_signal, self._on_line, self._on_exit = stop_signal, on_line, on_exit
        self._owns_group, self._ended = owns_group, threading.Event()
        # a change of credentials resets the parent-death signal, so setpriv runs inside the namespace
        self._command = with_parent(command, stop_signal)
        if drop_root:
            self._command = unprivileged(self._command)
        self._arguments = {
            "env": dict(environment),
            "cwd": directory,
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE if output is None else output,
            "stderr": subprocess.STDOUT if output is None else output,
            "start_new_session": True,
        }
        self._started, self._failure = threading.Event(), None
        threading.Thread(target=self._run, name=f"host-process-{Path(command[0]).name}", daemon=True).start()
        self._started.wait()
        if self._failure:
            raise self._failure

    def _run(self) -> None:
        try:
            self.popen = subprocess.Popen(self._command, **self._arguments)
        except OSError as e:
            self._failure = e
            return
        else:
            _live.add(self)
        finally:
            self._started.set()
        if self._owns_group:
            threading.Thread(target=self._end_group, name=f"group-{self.pid}", daemon=True).start()
        if self.popen.stdout:
            for raw in self.popen.stdout:
                if self._on_line:
                    self._on_line(raw.decode("utf-8", "replace").rstrip("\n"))
        code = self.popen.wait()
        _live.discard(self)
        self._ended.set()
        if self._on_exit:
            self._on_exit(self, code)

    def _end_group(self) -> None:
        """Children that outlive it would keep its output and its ports open. Its pid is not reused before the wait."""
        with contextlib.suppress(ChildProcessError):
            os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Waits until it has ended and every line was passed on, and returns its return code."""
        self._ended.wait()
        return self.popen.returncode

    @property
    def pid(self) -> int:
        return self.popen.pid

    def running(self) -> bool:
        """poll() alone would call a zombie running while the awaiting thread holds the lock."""
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return False
        return state not in "ZX" and self.popen.poll() is None

    def stop(self, grace: float) -> None:
        """Sends its stop signal and, `grace` seconds later, SIGKILL to its group; returns when it has ended."""
        if not self.running():
            return
        if grace > 0:
            self.popen.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(timeout=grace)
                return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.popen.wait(timeout=5)


def ending() -> bool:
    """Whether LocalStack is stopping; no process can be started then."""
    return _ending.is_set()


def end_orphans(owner: Path) -> None:
    """Kills the processes that a killed LocalStack has left: the kernel signalled only the first of each group."""
    wanted = f"{OWNER}={owner}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                LOG.info("process %s is left from an earlier run, killing it", process.name)
                os.kill(int(process.name), signal.SIGKILL)


def stop_all(grace: float = 5.0) -> None:
    """Stops all processes at the same time, and lets no other start."""
    _ending.set()
    threads = [threading.Thread(target=process.stop, args=(grace,)) for process in list(_live)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(grace + 6)
