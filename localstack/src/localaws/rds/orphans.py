"""Cleans up after a killed LocalStack: a server that still runs on a data directory, and a stale postmaster.pid."""

import contextlib
import logging
import os
import signal
import time
from pathlib import Path

LOG = logging.getLogger(__name__)
PATIENCE_SECONDS = {signal.SIGINT: 20, signal.SIGQUIT: 5, signal.SIGKILL: 5}
"""Fast shutdown, immediate shutdown, kill: all three are safe with fsync on."""


def clear(data: Path) -> None:
    """Ends every server process of this data directory by its pid, then deletes the postmaster.pid, which is now stale.

    PostgreSQL would take any program that has the pid in a stale file for a running server.
    """
    for order, seconds in PATIENCE_SECONDS.items():
        found = servers(data)
        if not found:
            break
        LOG.info("postgres: %s is used by processes %s of an earlier run: sending %s", data, sorted(found), order.name)
        main = postmaster(data)
        for pid in {main} & found or found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, order)
        deadline = time.monotonic() + seconds
        while servers(data) and time.monotonic() < deadline:
            time.sleep(0.05)
    if left := servers(data):
        raise RuntimeError(f"postgres: {data} is in use by processes {sorted(left)}, which cannot be stopped")
    (data / "postmaster.pid").unlink(missing_ok=True)


def postmaster(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def servers(data: Path) -> set[int]:
    """Every process of a server works in its data directory, so a reused pid is never mistaken for a server."""
    try:
        wanted = data.stat()
    except FileNotFoundError:
        return set()
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            here = (process / "cwd").stat()
            same = (here.st_dev, here.st_ino) == (wanted.st_dev, wanted.st_ino)
            if same and (process / "comm").read_text().startswith("postgres"):
                found.add(int(process.name))
    return found
