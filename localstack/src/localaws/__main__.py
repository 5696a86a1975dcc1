"""`python -m localaws` runs LocalStack in the foreground with this package's settings; its commands: background.py."""

import _thread
import contextlib
import fcntl
import logging
import os
import shutil
import socket
import sys
import tempfile
import threading
from typing import IO

from localaws import background, settings


def import_with_lock_class() -> None:
    """Imports localstack/packages/api.py, whose type hint `Lock | None` needs threading.Lock to be a class.

    It is one only since Python 3.13; no other line of LocalStack fails on 3.11 and 3.12.

    Not needed once LocalStack changes that hint.
    """
    function = threading.Lock
    if isinstance(function, type):
        return
    threading.Lock = type("Lock", (), {"__new__": lambda cls: _thread.allocate_lock()})  # type: ignore[misc]
    try:
        import localstack.packages.api  # noqa: F401
    finally:
        threading.Lock = function


def refuse_taken_port() -> None:
    """If its port is in use, LocalStack itself starts only in part and then hangs."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does, despite TIME_WAIT
        try:
            probe.bind((settings.HOST, settings.PORT))
        except OSError as e:
            sys.exit(f"localaws: cannot listen on {settings.HOST}:{settings.PORT} (GATEWAY_LISTEN): {e.strerror}.")


def lock_state() -> IO[str]:
    """Two LocalStacks would overwrite each other's files in one directory. The kernel releases the lock at exit."""
    settings.STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = open(settings.STATE / "lock", "w")  # noqa: SIM115 - held until the process ends
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"localaws: another localaws uses {settings.STATE} (LOCALAWS_STATE).")
    return lock


def main() -> None:
    if arguments := sys.argv[1:]:
        background.main(arguments)
        return
    refuse_taken_port()
    lock = lock_state()
    for name, value in settings.LOCALSTACK.items():
        os.environ.setdefault(name, value)
    shutil.rmtree(settings.TEMPORARY, ignore_errors=True)  # left by one that was killed
    settings.TEMPORARY.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = str(settings.TEMPORARY)  # unzipped functions, among others
    import_with_lock_class()
    from localaws import service_models

    service_models.lighten()
    from localstack.runtime.main import main as localstack_main

    try:
        localstack_main()
    except SystemExit as e:
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        code = e.code if isinstance(e.code, int) else 1
        # The children have ended, and a regular exit of the interpreter takes seconds.
        os._exit(code if e.code is not None else 0)
    finally:
        lock.close()


if __name__ == "__main__":
    main()
