"""The files of the kept objects: written from LocalStack's memory after a change, read when a bucket is created."""

import hashlib
import json
import logging
import threading
import uuid
from pathlib import Path
from typing import Any

from localstack.services.s3.models import S3Bucket, S3DeleteMarker, S3Object, S3Store, VersionedKeyStore, s3_stores
from localstack.services.s3.storage.core import S3ObjectStore
from localstack.services.s3.utils import get_unique_key_id

from localaws import durable
from localaws.kept_objects import models

LOG = logging.getLogger(__name__)
NOT_KEPT = ("cdk-", "awslambda-")
CHUNK_BYTES = 1 << 20


class Mirror:
    """Keeps buckets below `root`. Thread-safe: it writes one change at a time, from what is in memory by then."""

    def __init__(self, root: Path, storage: S3ObjectStore) -> None:
        self.root, self.storage, self.lock = root, storage, threading.RLock()

    def save_bucket(self, name: str) -> None:
        bucket, _ = find_bucket(name)
        if bucket is None or name.startswith(NOT_KEPT):
            return
        with self.lock:
            written = json.dumps({"versioning": bucket.versioning_status}).encode()
            durable.write(self.root / name / "bucket.json", written)

    def save_key(self, name: str, key: str) -> None:
        """Updates a key's files to what LocalStack has in memory."""
        bucket, store = find_bucket(name)
        if bucket is None or name.startswith(NOT_KEPT):
            return
        with self.lock:
            folder = self._folder(name, key)
            before = {_identity(kept): kept.get("data") for kept in _read(folder)}
            versions = []
            for version in _versions(bucket, key):
                kept = models.encode(version)
                kept["tags"] = dict(store.TAGS.tags.get(get_unique_key_id(name, key, version.version_id)) or {})
                if isinstance(version, S3Object):
                    kept["data"] = before.get(_identity(kept)) or self._write_data(folder, name, version)
                    if kept["data"] is None:
                        return  # the object is being overwritten: the other writer saves it
                versions.append(kept)
            if versions:
                durable.write(folder / "versions.json", json.dumps({"key": key, "versions": versions}).encode())
            else:
                durable.remove(folder / "versions.json")
            _remove_unnamed(folder, {kept.get("data") for kept in versions})

    def forget_bucket(self, name: str) -> None:
        with self.lock:
            durable.remove_tree(self.root / name)

    def restore_bucket(self, name: str) -> None:
        """Fills a bucket that was just created. Files without a versions.json were left by a crash and are deleted."""
        folder = self.root / name
        bucket, store = find_bucket(name)
        with self.lock:
            if bucket is None or name.startswith(NOT_KEPT):
                return
            if not (folder / "bucket.json").exists():
                self.save_bucket(name)
                return
            status = json.loads((folder / "bucket.json").read_bytes())["versioning"]
            if status and not bucket.versioning_status:
                bucket.versioning_status, bucket.objects = status, VersionedKeyStore()
            count = 0
            for key_folder in folder.iterdir():
                if not key_folder.is_dir():
                    continue
                kept = _read(key_folder)
                for version in kept:
                    self._restore_version(key_folder, bucket, store, version)
                    count += 1
                _remove_unnamed(key_folder, {version.get("data") for version in kept})
            LOG.info("s3: restored %s object versions of bucket %s", count, name)

    def _restore_version(self, folder: Path, bucket: S3Bucket, store: S3Store, kept: dict[str, Any]) -> None:
        version = models.decode(kept)
        if isinstance(version, S3Object):
            etag, size = version.etag, version.size
            with open(folder / kept["data"], "rb") as data, self.storage.open(bucket.name, version, "w") as stored:
                stored.write(data)
            if version.size != size:
                raise OSError(f"s3: {folder / kept['data']} has {version.size} bytes, expected {size}")
            version.etag = etag  # the ETag of a multipart object is not the MD5 of its bytes
        current = version.is_current
        bucket.objects.set(version.key, version)
        version.is_current = current
        if kept["tags"]:
            store.TAGS.tags[get_unique_key_id(bucket.name, version.key, version.version_id)] = dict(kept["tags"])

    def _write_data(self, folder: Path, bucket: str, version: S3Object) -> str | None:
        """The name of a new file with the version's bytes; None if the bytes no longer belong to this version."""
        name = f"{uuid.uuid4().hex}.data"
        digest, size = hashlib.md5(usedforsecurity=False), 0
        with durable.replacing(folder / name) as file, self.storage.open(bucket, version, "r") as stored:
            while chunk := stored.read(CHUNK_BYTES):
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        simple = "-" not in (version.etag or "-")
        if size != version.size or (simple and digest.hexdigest() != version.etag):
            durable.remove(folder / name)
            return None
        return name

    def _folder(self, bucket: str, key: str) -> Path:
        return self.root / bucket / hashlib.sha256(key.encode()).hexdigest()[:40]


def find_bucket(name: str) -> tuple[S3Bucket | None, S3Store | None]:
    for account, _, store in s3_stores.iter_stores():
        if bucket := store.buckets.get(name):
            return bucket, s3_stores[account][bucket.bucket_region]
    return None, None


def _versions(bucket: S3Bucket, key: str) -> list[S3Object | S3DeleteMarker]:
    held = bucket.objects._store.get(key)
    if held is None:
        return []
    return list(dict(held).values()) if isinstance(held, dict) else [held]


def _identity(kept: dict[str, Any]) -> tuple[Any, ...]:
    attributes = kept["attributes"]
    return attributes.get("version_id"), attributes.get("etag"), json.dumps(attributes.get("last_modified"))


def _read(folder: Path) -> list[dict[str, Any]]:
    try:
        return json.loads((folder / "versions.json").read_bytes())["versions"]
    except FileNotFoundError:
        return []


def _remove_unnamed(folder: Path, named: set[str | None]) -> None:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name != "versions.json" and path.name not in named:
            path.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
