"""Host processes: start, end with LocalStack, stop."""

import contextlib
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

KEPT = ("PATH", "HOME", "USER", "TMPDIR", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
_live: set["HostProcess"] = set()
_ending = threading.Event()


def base_environment() -> dict[str, str]:
    """LocalStack's own settings, AWS_* and JAVA_* stay with LocalStack."""
    return {name: os.environ[name] for name in KEPT if name in os.environ}


def unprivileged(command: Sequence[str]) -> list[str]:
    """The command without root's identity, for a program that refuses root.

    Inside a user namespace without a mapping geteuid() is the overflow uid and so is the owner of root's files, while
    the kernel goes on checking them as root's: no account and no chown is needed. The same trick is zonky's
    embedded-postgres's.
    """
    return ["unshare", "--user", "--", *command] if os.geteuid() == 0 else list(command)


def with_parent(command: Sequence[str], stop_signal: signal.Signals) -> list[str]:
    """The command with the kernel's order to signal it when the thread that forked it ends, as on kill -9."""
    name = stop_signal.name.removeprefix("SIG")
    return ["setpriv", "--pdeathsig", name, "--", *command] if shutil.which("setpriv") else list(command)


class HostProcess:
    """A process in a group of its own, made and awaited by one thread, as the parent-death signal asks.

    The constructor returns when the process exists; `on_exit` is called on the awaiting thread with its return code
    (negative: the signal). Thread-safe.
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
    ) -> None:
        if _ending.is_set():
            raise RuntimeError("LocalStack is stopping")
        self.stop_signal, self._on_line, self._on_exit = stop_signal, on_line, on_exit
        # the signal's order is lost at a change of credentials: it goes inside the namespace
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
        if self.popen.stdout:
            for raw in self.popen.stdout:
                if self._on_line:
                    self._on_line(raw.decode("utf-8", "replace").rstrip("\n"))
        code = self.popen.wait()
        _live.discard(self)
        if self._on_exit:
            self._on_exit(self, code)

    @property
    def pid(self) -> int:
        return self.popen.pid

    def running(self) -> bool:
        """poll() alone says "running" of a zombie while the awaiting thread holds the lock."""
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return False
        return state not in "ZX" and self.popen.poll() is None

    def stop(self, grace: float) -> None:
        """Its own stop signal, then, `grace` seconds later, SIGKILL to its group; returns when it has ended."""
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


def stop_all(grace: float = 5.0) -> None:
    """Stops what runs, all at once, and lets nothing new start."""
    _ending.set()
    threads = [threading.Thread(target=process.stop, args=(grace,)) for process in list(_live)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(grace + 6)
