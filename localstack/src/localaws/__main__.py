"""`python -m localaws`: LocalStack in the foreground, with this package's settings."""

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

from localaws import settings


def import_with_lock_class() -> None:
    """localstack/packages/api.py says `Lock | None`, which needs threading.Lock to be a class: Python 3.13 or later.

    It is the only line of 4.13.1 that fails on 3.11 and 3.12. Not needed once LocalStack writes that hint otherwise.
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
    """LocalStack itself starts half and then hangs when its port is taken."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: TIME_WAIT is no obstacle
        try:
            probe.bind((settings.HOST, settings.PORT))
        except OSError as e:
            sys.exit(f"localaws: cannot listen on {settings.HOST}:{settings.PORT} (GATEWAY_LISTEN): {e.strerror}.")


def lock_state() -> IO[str]:
    """Two LocalStacks on one state directory would write over each other's files. The kernel drops the lock at exit."""
    settings.STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = open(settings.STATE / "lock", "w")  # noqa: SIM115 - held until the process ends
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"localaws: another localaws uses {settings.STATE} (LOCALAWS_STATE).")
    return lock


def main() -> None:
    refuse_taken_port()
    lock = lock_state()
    for name, value in settings.LOCALSTACK.items():
        os.environ.setdefault(name, value)
    shutil.rmtree(settings.TEMPORARY, ignore_errors=True)  # what a killed one left
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
        os._exit(
            code if e.code is not None else 0
        )  # the children have ended; taking down the interpreter lasts seconds
    finally:
        lock.close()


if __name__ == "__main__":
    main()
