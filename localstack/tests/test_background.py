"""`python -m localaws start|stop`: ports, processes that are not ours, a start that fails."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from account import free_port, until

from localaws import background
from localaws.background import Background, Reservation

ANSWERING = """
import http.server, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.fixture
def other_program() -> Iterator[int]:
    """The port of a program that listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(["sleep", "600"])
    yield process
    process.kill()
    process.wait()


def mlflow_port(system: Background) -> int:
    return int((system.folder / "mlflow-port").read_text())


def listening_as_mlflow(port: int) -> socket.socket:
    """What mlflow/start does."""
    service = socket.socket()
    service.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    service.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    service.bind(("127.0.0.1", port))
    service.listen()
    return service


def sleeping_program(folder: Path) -> str:
    """Takes the place of Python, and so of LocalStack."""
    program = folder / "sleeps"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o700)
    return str(program)


def localaws(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "localaws", *arguments],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_port_in_use_is_passed_over_and_the_next_is_kept(tmp_path: Path, other_program: int) -> None:
    said: list[str] = []
    system = Background(tmp_path, said.append)

    taken = system._take_port("LocalStack", "port", other_program)

    assert said == [f"port {other_program} is in use by another program, taking {taken} for LocalStack"]
    assert system._take_port("LocalStack", "port", 1) == taken
    assert len(said) == 1


def test_systems_that_start_at_the_same_time_get_different_ports_for_their_services(
    tmp_path: Path, other_program: int
) -> None:
    """Neither service listens yet, so that both ports look free."""
    one, two = (Background(tmp_path / name, lambda _: None) for name in ("one", "two"))
    one.folder.mkdir()
    two.folder.mkdir()

    with one._take_service_port("MLflow", other_program), two._take_service_port("MLflow", other_program):
        assert other_program < mlflow_port(one) < mlflow_port(two)


def test_a_system_that_was_stopped_gets_its_services_port_again_unless_another_has_it_now(tmp_path: Path) -> None:
    said: list[str] = []
    stopped, other = Background(tmp_path / "stopped", said.append), Background(tmp_path / "other", said.append)
    stopped.folder.mkdir()
    other.folder.mkdir()
    stopped._take_service_port("MLflow", free_port()).close()
    kept = mlflow_port(stopped)

    stopped._take_service_port("MLflow", 1).close()
    assert (mlflow_port(stopped), said) == (kept, [])

    with other._take_service_port("MLflow", kept), stopped._take_service_port("MLflow", 1):
        assert mlflow_port(other) == kept
        assert said == [f"port {kept} is in use by another program, taking {mlflow_port(stopped)} for MLflow"]


def test_a_services_port_is_reserved_until_localstack_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background.sys, "executable", sleeping_program(tmp_path))
    system = Background(tmp_path, lambda _: None)
    with system._take_service_port("MLflow", free_port()) as reservation:
        process = system._spawn(free_port(), [reservation])
    try:
        assert Reservation.of(mlflow_port(system)) is None
    finally:
        process.kill()
        process.wait()

    again = Reservation.of(mlflow_port(system))
    assert again is not None
    again.close()


def test_no_other_program_can_take_a_services_port_before_the_service_listens(tmp_path: Path) -> None:
    system = Background(tmp_path, lambda _: None)
    with system._take_service_port("MLflow", free_port()):
        port = mlflow_port(system)
        with pytest.raises(OSError, match="in use"):
            socket.create_server(("127.0.0.1", port))
        with pytest.raises(OSError, match="in use"):
            socket.create_server(("0.0.0.0", port))
        with listening_as_mlflow(port), socket.create_connection(("127.0.0.1", port)):
            pass
        with pytest.raises(ConnectionRefusedError):  # not a connection that nobody accepts
            socket.create_connection(("127.0.0.1", port))
        listening_as_mlflow(port).close()


def test_a_services_port_can_be_reserved_again_at_once_after_it_was_used(tmp_path: Path) -> None:
    """The connections that the service closed stay in the state TIME_WAIT for a minute."""
    system = Background(tmp_path, lambda _: None)
    reservation = system._take_service_port("MLflow", free_port())
    port = mlflow_port(system)
    with listening_as_mlflow(port) as service, socket.create_connection(("127.0.0.1", port)) as client:
        service.accept()[0].close()
        client.recv(1)
    reservation.close()

    system._take_service_port("MLflow", 1).close()

    assert mlflow_port(system) == port


def test_another_program_that_answers_on_the_port_is_not_taken_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two LocalStacks that start at the same time can choose the same port; the second one would find the first."""
    first, second = free_port(), free_port()
    chosen = iter([first, second])
    monkeypatch.setattr(background, "free_port", lambda _: next(chosen))
    other = subprocess.Popen([sys.executable, "-c", ANSWERING, str(first)])
    said: list[str] = []
    system = Background(tmp_path, said.append)

    def spawn(port: int, _: list[socket.socket]) -> subprocess.Popen[bytes]:
        until("the other program", lambda: background.listeners(first))
        process = subprocess.Popen([sys.executable, "-c", ANSWERING, str(port)], stderr=subprocess.DEVNULL)
        system.pid_file.write_text(f"{process.pid} {background.start_time(process.pid)}\n")
        return process

    monkeypatch.setattr(system, "_spawn", spawn)
    try:
        system.start(first, {})

        assert said == [
            f"starting LocalStack on port {first}",
            f"another program has taken port {first} meanwhile",
            f"port {first} is in use by another program, taking {second} for LocalStack",
            f"starting LocalStack on port {second}",
        ]
        assert background.listeners(second) & background.sockets(system.pid())
    finally:
        system.stop()
        other.kill()
        other.wait()


def test_the_last_port_has_no_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "bind", lambda *_: (_ for _ in ()).throw(OSError()))
    with pytest.raises(background.NotStarted, match="no port of 65530 to 65535 is free"):
        background.free_port(65530)


def test_stop_ends_the_process_of_the_pid_file(tmp_path: Path, sleeper: subprocess.Popen) -> None:
    started = background.start_time(sleeper.pid)
    (tmp_path / "localstack.pid").write_text(f"{sleeper.pid} {started}\n")

    assert localaws("stop", str(tmp_path)).returncode == 0

    assert sleeper.wait(timeout=5) == -signal.SIGTERM
    assert not (tmp_path / "localstack.pid").exists()


def test_stop_leaves_a_process_alone_that_was_given_the_pid_of_one_that_has_ended(
    tmp_path: Path, sleeper: subprocess.Popen
) -> None:
    (tmp_path / "localstack.pid").write_text(f"{sleeper.pid} 1\n")

    assert localaws("stop", str(tmp_path)).returncode == 0

    assert sleeper.poll() is None
    assert not (tmp_path / "localstack.pid").exists()


def test_a_start_that_fails_shows_why(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    with open(tmp_path / "state" / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        done = localaws("start", str(tmp_path), "--port", str(free_port()), "--service", "MLflow=5000")

    assert done.returncode == 1
    assert done.stderr == (
        f"localaws: another localaws uses {tmp_path}/state (LOCALAWS_STATE).\n"
        f"localaws: LocalStack ended while it started; its output is in {tmp_path}/logs/localstack.log\n"
    )
    assert "starting LocalStack on port" in done.stdout


def test_an_interrupt_waits_until_the_block_has_ended() -> None:
    reached = False
    with pytest.raises(KeyboardInterrupt), background.interrupts_deferred():
        os.kill(os.getpid(), signal.SIGINT)
        reached = True
    assert reached
