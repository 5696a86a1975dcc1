"""Atomic file operations: a file is written next to its target, synced and renamed, so it is complete or absent."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

PRIVATE_DIRECTORY = 0o700


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file (mode 0600) that replaces `path`. It is on disk when this returns; after an error, `path` is unchanged."""
    make_private(path.parent)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    sync_directory(path.parent)


def make_private(directory: Path) -> None:
    """Creates the directory and its missing parents for their owner only; mkdir's mode applies to the last one only."""
    for missing in reversed([place for place in (directory, *directory.parents) if not place.exists()]):
        missing.mkdir(mode=PRIVATE_DIRECTORY, exist_ok=True)


def write(path: Path, content: bytes) -> None:
    with replacing(path) as file:
        file.write(content)


def remove(path: Path) -> None:
    """Removes a file if it exists."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
        sync_directory(path.parent)


def remove_tree(directory: Path) -> None:
    """Removes a directory atomically: it is renamed first, so that a crash never leaves a part of it under its name."""
    doomed = directory.with_name(f".removing-{directory.name}-{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        directory.rename(doomed)
        sync_directory(directory.parent)
    shutil.rmtree(doomed, ignore_errors=True)


def sync_directory(directory: Path) -> None:
    """A rename is durable only after its directory has been synced."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
