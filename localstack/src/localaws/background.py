"""`python -m localaws start|stop FOLDER`: LocalStack in the background; the folder holds everything about it.

    localstack.pid       its pid and start time; the pid alone could meanwhile belong to another process
    port                 the port it listens on, kept for the next start
    NAME-port            a port for the service NAME, chosen when LocalStack starts, kept likewise. The service listens
                         much later, so LocalStack holds the port's Reservation as long as it runs
    state/               LOCALAWS_STATE
    logs/localstack.log  its output

All other settings come from the environment: see settings.py. Two commands on one folder at a time are for the caller
to prevent.
"""

import argparse
import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

CLIENT_SETTINGS = "AWS_"
"""Prefix of the variables for clients, such as a profile or an endpoint; LocalStack's own clients would follow them."""

PORTS_TRIED = 100
START_SECONDS = 900
BUSY_SECONDS = 20
STOP_SECONDS = 20
KILL_SECONDS = 2
LISTEN = "0A"
"""A socket's state in /proc/net/tcp."""


class NotStarted(Exception):
    """The message is one sentence for the user."""


class Background:
    """The LocalStack of one folder. `say` is told each step in a few words."""

    def __init__(self, folder: Path, say: Callable[[str], None] = print) -> None:
        self.folder, self.say = folder, say
        self.pid_file, self.log = folder / "localstack.pid", folder / "logs" / "localstack.log"

    def pid(self) -> int | None:
        """The pid of the running LocalStack."""
        try:
            pid, started = self.pid_file.read_text().split()
        except (OSError, ValueError):
            return None
        return int(pid) if start_time(int(pid)) == started else None

    def start(self, port: int, services: Mapping[str, int]) -> None:
        """Starts LocalStack unless it runs, and returns when it answers.

        `port` and the ports of the services are what a new folder starts with.
        """
        if self.pid():
            if self._answers_within(BUSY_SECONDS):
                return
            self.say("LocalStack does not answer, starting it again")
            self.stop()
        with contextlib.ExitStack() as ours:
            reservations = [
                ours.enter_context(self._take_service_port(name, wanted)) for name, wanted in services.items()
            ]
            for _ in range(PORTS_TRIED):
                taken = self._take_port("LocalStack", "port", port)
                self.say(f"starting LocalStack on port {taken}")
                if self._ready(self._spawn(taken, reservations), taken):
                    return
                self.say(f"another program has taken port {taken} meanwhile")
                self.stop()
        raise NotStarted(f"none of {PORTS_TRIED} ports stayed free until LocalStack had started")

    def _ready(self, process: subprocess.Popen[bytes], port: int) -> bool:
        """Waits until the process answers. False if another program listens on its port, which might answer, too: a
        LocalStack that was started at the same time, for example."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            listening = listeners(port)
            mine = bool(listening & sockets(process.pid))
            if listening and not mine:
                return False
            if process.poll() is not None:
                raise NotStarted(f"LocalStack ended while it started; its output is in {self.log}")
            if mine and self._answers():
                return True
            if time.monotonic() > deadline:
                raise NotStarted(f"LocalStack does not answer after {START_SECONDS} s; its output is in {self.log}")
            time.sleep(0.2)

    def stop(self) -> None:
        """Stops LocalStack if it runs, by SIGKILL if it takes too long, and returns when it has ended."""
        group = self.pid()
        for number in (signal.SIGTERM, signal.SIGKILL):
            if pid := self.pid():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
            deadline = time.monotonic() + STOP_SECONDS
            while self.pid() and time.monotonic() < deadline:
                time.sleep(0.1)
        if group:
            end_group(group)
        self.pid_file.unlink(missing_ok=True)

    def _spawn(self, port: int, reservations: Sequence["Reservation"]) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(CLIENT_SETTINGS)}
        environment["AWS_EC2_METADATA_DISABLED"] = "true"
        environment |= {"GATEWAY_LISTEN": f"127.0.0.1:{port}", "LOCALAWS_STATE": str(self.folder / "state")}
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "wb") as log, interrupts_deferred():
            process = subprocess.Popen(
                [sys.executable, "-m", "localaws"],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=[held.fileno() for reservation in reservations for held in reservation.sockets],
            )
            self.pid_file.write_text(f"{process.pid} {start_time(process.pid)}\n")
        return process

    def _take_port(self, owner: str, name: str, default: int) -> int:
        """The port that the owner had, or the default, or the first free one after it."""
        wanted = self._kept_port(name, default)
        port = free_port(wanted)
        self._keep_port(owner, name, wanted, port)
        return port

    def _take_service_port(self, service: str, default: int) -> "Reservation":
        """Chooses as _take_port does, but no port that another LocalStack's service has."""
        name = f"{service.lower()}-port"
        wanted = self._kept_port(name, default)
        port = free_port(wanted)
        while not (reservation := Reservation.of(port)):
            port = free_port(port + 1)
        self._keep_port(service, name, wanted, port)
        return reservation

    def _kept_port(self, name: str, default: int) -> int:
        file = self.folder / name
        return int(file.read_text()) if file.exists() else default

    def _keep_port(self, owner: str, name: str, wanted: int, port: int) -> None:
        if port != wanted:
            self.say(f"port {wanted} is in use by another program, taking {port} for {owner}")
        (self.folder / name).write_text(f"{port}\n")

    def _answers_within(self, seconds: float) -> bool:
        """Patient, since a busy LocalStack may need a while for an answer."""
        deadline = time.monotonic() + seconds
        while not (answered := self._answers()) and time.monotonic() < deadline:
            time.sleep(1)
        return answered

    def _answers(self) -> bool:
        port = (self.folder / "port").read_text().strip()
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with contextlib.suppress(OSError), direct.open(f"http://127.0.0.1:{port}/_localstack/health", timeout=2):
            return True
        return False


def start_time(pid: int) -> str | None:
    """When a process started, in the kernel's clock ticks; None once it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


def listeners(port: int) -> set[str]:
    """The sockets that listen on a port of this machine's IPv4 addresses, as /proc names them."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    fields = [line.split() for line in lines]
    return {f"socket:[{it[9]}]" for it in fields if it[3] == LISTEN and it[1].endswith(f":{port:04X}")}


def sockets(pid: int) -> set[str]:
    """The open files of a process, its sockets among them; none once it has ended."""
    found: set[str] = set()
    with contextlib.suppress(OSError):
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):  # closed meanwhile
                found.add(os.readlink(descriptor))
    return found


def end_group(group: int) -> None:
    """Kills what a LocalStack that was stopped early has left in its process group, and waits until it is gone."""
    deadline = time.monotonic() + KILL_SECONDS
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(group, signal.SIGKILL)
            time.sleep(0.1)


def free_port(wanted: int) -> int:
    """The first free port from `wanted` on."""
    last = min(wanted + PORTS_TRIED, 65536) - 1
    for port in range(wanted, last + 1):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise NotStarted(f"no port of {wanted} to {last} is free")


class Reservation:
    """Keeps a port for a service that will listen on it later. It ends with the last process that has its sockets open.

    A name in the kernel, as an address of Unix sockets that is no file, keeps it from other LocalStacks: one process at
    a time can have it, of whichever user. A socket that has the port, but does not listen, keeps it from every other
    program but one that sets SO_REUSEPORT, as the service does, for the same user.
    """

    def __init__(self, *sockets: socket.socket) -> None:
        self.sockets = sockets

    @classmethod
    def of(cls, port: int) -> "Reservation | None":
        """None if another LocalStack or program has the port."""
        reservation = cls(socket.socket(socket.AF_UNIX), socket.socket())
        name, place = reservation.sockets
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        try:
            name.bind(f"\0localaws/port/{port}")
            place.bind(("127.0.0.1", port))
        except OSError as e:
            reservation.close()
            if e.errno != errno.EADDRINUSE:
                raise
            return None
        return reservation

    def close(self) -> None:
        for held in self.sockets:
            held.close()

    def __enter__(self) -> "Reservation":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextlib.contextmanager
def interrupts_deferred() -> Iterator[None]:
    """Ctrl-C and SIGTERM take effect at the end of the block: what it starts can then be found and stopped."""
    received: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    former = [signal.signal(number, lambda number, _: received.append(number)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, former, strict=True):
            signal.signal(number, handler)
    if received:
        raise KeyboardInterrupt


def service(text: str) -> tuple[str, int]:
    name, port = text.split("=")
    return name, int(port)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m localaws", description="Without a command: in the foreground.")
    commands = parser.add_subparsers(dest="command", required=True)
    start = commands.add_parser("start", help="start LocalStack in the background and wait until it answers")
    stop = commands.add_parser("stop", help="stop the LocalStack of a folder")
    for command in (start, stop):
        command.add_argument("folder", type=lambda text: Path(text).absolute())
    start.add_argument("--port", type=int, default=4566, help="the first port to try")
    start.add_argument("--service", type=service, action="append", default=[], help="NAME=FIRST_PORT_TO_TRY")
    start.add_argument("--begun", type=float, default=time.time(), help="epoch seconds that progress is counted from")
    options = parser.parse_args(arguments)
    if options.command == "stop":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends by itself, and half a stop would leave processes
        Background(options.folder).stop()
        return
    background = Background(
        options.folder, lambda step: print(f"{int(time.time() - options.begun):5d}s  {step}", flush=True)
    )
    try:
        background.start(options.port, dict(options.service))
    except NotStarted as e:
        if background.log.exists():
            sys.stderr.writelines(background.log.read_text(errors="replace").splitlines(keepends=True)[-5:])
        sys.exit(f"localaws: {e}")
    except KeyboardInterrupt:
        sys.exit(130)
