"""One PostgreSQL server. Its directory is kept by instance id, so the next start finds the rows of the previous one.

    <directory>/data      PostgreSQL's data directory; appears only when it is complete
    <directory>/port      the port that it used, preferred at the next start

It listens on 127.0.0.1 only. It opens no Unix socket, because the path would be too long below a deep directory.
"""

import logging
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

from localaws import durable, processes, settings
from localaws.rds import orphans

LOG = logging.getLogger(__name__)
HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 10
FIRST_PORT = 15432


class PostgresError(RuntimeError):
    """A server that cannot be set up or started; the message says which step and why."""


def free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class Postgres:
    """A running server on `port`. The constructor returns when it accepts connections.

    A server that ends without being stopped is started again, as RDS does.
    """

    def __init__(self, directory: Path, user: str, password: str, database: str | None, port: int | None) -> None:
        self.directory, self.data = directory, directory / "data"
        self.wanted = threading.Event()
        durable.make_private(directory)
        if self.data.exists():
            LOG.info("postgres: using %s of an earlier run", self.data)
            orphans.clear(self.data)
            self._sql(self.data, f"ALTER ROLE {identifier(user)} PASSWORD {literal(password)}")
        else:
            self._create(user, password, database)
        self.port = self._choose_port(port)
        self._serve()

    def _create(self, user: str, password: str, database: str | None) -> None:
        new = self.directory / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        secret = self.directory / "password.new"
        durable.write(secret, password.encode())
        try:
            self._run(
                "initdb",
                *("-D", new, "-U", user, "--pwfile", secret, "--auth=scram-sha-256", "-E", "UTF8"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--data-checksums"),
                "--no-instructions",
            )
        finally:
            durable.remove(secret)
        if database and database != "postgres":
            self._sql(new, f"CREATE DATABASE {identifier(database)} OWNER {identifier(user)}")
        new.rename(self.data)
        durable.sync_directory(self.directory)

    def _choose_port(self, wanted: int | None) -> int:
        kept = self.directory / "port"
        before = int(kept.read_text()) if kept.exists() else None
        candidates = (*filter(None, (before, wanted)), *range(FIRST_PORT, FIRST_PORT + 1000))
        port = next((port for port in candidates if free(port)), None)
        if port is None:
            raise PostgresError(f"postgres: no free port from {FIRST_PORT} to {FIRST_PORT + 999} on {HOST}")
        if port != before:
            durable.write(kept, str(port).encode())
        return port

    def _serve(self) -> None:
        options = {
            "listen_addresses": HOST,
            "port": self.port,
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        self.process = processes.HostProcess(
            [binary("postgres"), "-D", str(self.data), *(f"--{k}={v}" for k, v in options.items())],
            environment=environment(),
            directory=self.directory,
            stop_signal=signal.SIGINT,  # "fast": does not wait for clients
            drop_root=True,
            on_line=lambda line: LOG.debug("postgres %s: %s", self.port, line),
            on_exit=self._ended,
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._accepts():
            if time.monotonic() > deadline or not self.process.running():
                self.process.stop(0)
                raise PostgresError(f"postgres did not open port {self.port}; set DEBUG=1 to see its log")
            time.sleep(0.02)
        self.wanted.set()

    def _ended(self, _: processes.HostProcess, code: int) -> None:
        """Not for a server that has never accepted connections: it would not the next time either."""
        LOG.info("postgres on port %s ended with %s", self.port, code)
        if not self.wanted.is_set() or processes.ending():
            return
        self.wanted.clear()
        try:
            orphans.clear(self.data)
            self._serve()
        except (PostgresError, RuntimeError) as e:
            LOG.error("postgres on port %s could not be started again: %s", self.port, e)

    def _accepts(self) -> bool:
        """Line 8 of postmaster.pid says "ready"; an open port proves nothing, as it opens before recovery ends."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def _sql(self, data: Path, statement: str) -> None:
        """Runs the statement in single-user mode: no port is opened and no password is sent."""
        self._run("postgres", "--single", "-D", data, "-c", "exit_on_error=on", "postgres", stdin=statement + "\n")

    def _run(self, name: str, *arguments: str | Path, stdin: str = "") -> None:
        command = [binary(name), *map(str, arguments)]
        command = processes.unprivileged(processes.with_parent(command, signal.SIGKILL))
        done = subprocess.run(
            command, input=stdin, text=True, capture_output=True, cwd=self.directory, env=environment(), check=False
        )
        if done.returncode:
            reason = (done.stderr or done.stdout).strip()[-1000:]
            raise PostgresError(f"{name} for {self.directory.name} failed with {done.returncode}: {reason}")

    def stop(self) -> None:
        self.wanted.clear()
        self.process.stop(STOP_SECONDS)

    def delete(self) -> None:
        self.stop()
        durable.remove_tree(self.directory)


def binary(name: str) -> str:
    path = settings.POSTGRES_HOME / "bin" / name
    if not os.access(path, os.X_OK):
        raise PostgresError(f"no {path}: LOCALAWS_POSTGRES_HOME must name PostgreSQL's directory (localaws.rds.unpack)")
    return str(path)


def environment() -> dict[str, str]:
    return processes.base_environment() | {"LC_ALL": "C", "TZ": "UTC", "PGTZ": "UTC"}
