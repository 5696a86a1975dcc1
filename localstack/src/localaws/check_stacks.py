"""`python -m localaws.check_stacks [STACK ...]`: lists every resource that a deployment only pretended to create.

It asks CloudFormation at AWS_ENDPOINT_URL, and exits with 1 if a resource whose type is not in LOCALAWS_PRETENDED_TYPES
has no physical id, or the word `unknown` as its physical id.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from localaws import settings

FALLBACK_ID = "unknown"
GONE = ("DELETE_COMPLETE", "DELETE_SKIPPED")


def pretended(cloudformation: Any, stacks: list[str]) -> Iterator[str]:
    for stack in stacks:
        pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
        for resource in (found for page in pages for found in page["StackResourceSummaries"]):
            absent = resource.get("PhysicalResourceId") in (None, "", FALLBACK_ID)
            allowed = resource["ResourceStatus"] in GONE or resource["ResourceType"] in settings.PRETENDED_TYPES
            if absent and not allowed:
                yield f"{stack} {resource['LogicalResourceId']} {resource['ResourceType']}"


def every_stack(cloudformation: Any) -> list[str]:
    pages = cloudformation.get_paginator("describe_stacks").paginate()
    return [stack["StackName"] for page in pages for stack in page["Stacks"] if stack["StackStatus"] not in GONE]


def main() -> None:
    endpoint = os.environ.get("AWS_ENDPOINT_URL")
    if not endpoint:
        sys.exit("localaws: AWS_ENDPOINT_URL is not set")
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "eu-central-1"
    cloudformation = boto3.client(
        "cloudformation",
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=os.environ.get("AWS_ACCESS_KEY_ID") or "test",
        aws_secret_access_key=os.environ.get("AWS_SECRET_ACCESS_KEY") or "test",
    )
    try:
        stacks = sys.argv[1:] or every_stack(cloudformation)
        found = list(pretended(cloudformation, stacks))
    except (BotoCoreError, ClientError) as e:
        sys.exit(f"localaws: {endpoint}: {e}")
    if found:
        sys.exit("CloudFormation reports these resources as created, but they do not exist:\n" + "\n".join(found))
    print(f"{len(stacks)} stacks: every resource exists")


if __name__ == "__main__":
    main()
