"""Calls the mirror after each S3 request that changes an object or bucket, before the answer is sent."""

import logging
from typing import Any

from localstack.aws import handlers
from localstack.services.s3.provider import S3Provider
from localstack.services.s3.storage.ephemeral import EphemeralS3ObjectStore

from localaws import settings
from localaws.kept_objects.mirror import Mirror
from localaws.retention import deletes_kept_state

LOG = logging.getLogger(__name__)
ONE_KEY = frozenset(
    {
        *("PutObject", "CopyObject", "DeleteObject", "CompleteMultipartUpload"),
        *("PutObjectTagging", "DeleteObjectTagging", "PutObjectAcl", "PutObjectLegalHold", "PutObjectRetention"),
        *("RestoreObject",),
    }
)
DELETING = frozenset({"DeleteObject", "DeleteObjects", "DeleteBucket"})


class SaveChanges:
    """A response handler of LocalStack's gateway, which also processes calls between LocalStack's own services."""

    def __init__(self, mirror: Mirror) -> None:
        self.mirror = mirror

    def __call__(self, chain: Any, context: Any, response: Any) -> None:
        if not context.service or context.service.service_name != "s3" or not context.operation:
            return
        if response.status_code >= 300 or not context.service_request:
            return
        try:
            self._save(context.operation.name, context.service_request, context)
        except Exception:  # otherwise the chain would log it and report success
            bucket = context.service_request["Bucket"]
            LOG.exception("s3: cannot keep the result of %s on bucket %s", context.operation.name, bucket)
            response.status_code = 500
            response.set_data(b"<Error><Code>InternalError</Code><Message>localaws: cannot keep it</Message></Error>")

    def _save(self, operation: str, request: dict[str, Any], context: Any) -> None:
        bucket = request.get("Bucket", "")
        if operation in DELETING and not deletes_kept_state():
            return
        if operation in ONE_KEY:
            self.mirror.save_key(bucket, request["Key"])
        elif operation == "PostObject":
            self.mirror.save_key(bucket, context.service_response.get("Key") or context.request.form["key"])
        elif operation == "DeleteObjects":
            for key in sorted({entry["Key"] for entry in request["Delete"]["Objects"]}):
                self.mirror.save_key(bucket, key)
        elif operation == "CreateBucket":
            self.mirror.restore_bucket(bucket)
        elif operation == "PutBucketVersioning":
            self.mirror.save_bucket(bucket)
        elif operation == "DeleteBucket":
            self.mirror.forget_bucket(bucket)


def install() -> None:
    """Makes LocalStack's provider, which is loaded later, use an object store that the mirror can read."""
    storage = EphemeralS3ObjectStore(str(settings.TEMPORARY / "s3"))
    original = S3Provider.__init__
    S3Provider.__init__ = lambda self, storage_backend=None: original(self, storage_backend or storage)
    handlers.run_custom_response_handlers.append(SaveChanges(Mirror(settings.STATE / "s3", storage)))
