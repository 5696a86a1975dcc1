"""Deleting an AWS::S3::Bucket deletes its objects but not their versions. A versioned bucket therefore remains,
although the stack counts as deleted, and the next deployment fails because the bucket exists.

Not needed once `cdk destroy` removes a versioned bucket that holds an object.
"""

import contextlib
from typing import Any

from localstack.services.cloudformation.resource_provider import ProgressEvent
from localstack.services.s3.resource_providers.aws_s3_bucket import S3BucketProvider


def apply() -> None:
    original = S3BucketProvider.delete

    def delete(self: S3BucketProvider, request: Any) -> ProgressEvent:
        s3, bucket = request.aws_client_factory.s3, request.desired_state["BucketName"]
        with contextlib.suppress(s3.exceptions.NoSuchBucket):
            for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
                for version in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
                    s3.delete_object(Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"])
        return original(self, request)

    S3BucketProvider.delete = delete
