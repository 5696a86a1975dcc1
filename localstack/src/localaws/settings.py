"""Every setting of this package, read from the environment in one place."""

import os
import sys
from pathlib import Path

GATEWAY_LISTEN = os.environ.get("GATEWAY_LISTEN") or "127.0.0.1:4566"
"""The address on which LocalStack listens; it reads the same variable. Use an IP address: see ENDPOINT."""

HOST, PORT = GATEWAY_LISTEN.rsplit(":", 1)[0], int(GATEWAY_LISTEN.rsplit(":", 1)[1])

ENDPOINT = f"http://{HOST}:{PORT}"
"""The AWS_ENDPOINT_URL of functions. With an IP address in it, the AWS SDKs address S3 buckets by path, not by host."""

STATE = Path(os.environ.get("LOCALAWS_STATE") or ".localaws").absolute()
"""Keeps rds/ (data directories), s3/ (objects) and secrets/ across restarts. Everything else in it may be deleted."""

RIC_JARS = Path(os.environ.get("LOCALAWS_RIC_JARS") or STATE / "ric").absolute()
"""Directory with the jars of com.amazonaws:aws-lambda-java-runtime-interface-client."""

JAVA_HOME = os.environ.get("LOCALAWS_JAVA_HOME") or os.environ.get("JAVA_HOME") or ""
"""The JDK or JRE that runs functions."""

POSTGRES_HOME = Path(os.environ.get("LOCALAWS_POSTGRES_HOME") or STATE / "postgres").absolute()
"""The directory with PostgreSQL's bin/, lib/ and share/, as localaws.rds.unpack makes it."""

IMAGES = Path(os.environ["LOCALAWS_IMAGES"]).absolute() if os.environ.get("LOCALAWS_IMAGES") else None
"""The JSON file with the command that runs in place of each container; localaws.ecs.images describes its format."""

FUNCTION_ENVIRONMENTS = int(os.environ.get("LOCALAWS_FUNCTION_ENVIRONMENTS") or max(2, os.cpu_count() or 1))
"""How many environments a function may have at a time; by default one for each core, and two on a single core."""

PRETENDED_TYPES = frozenset(filter(None, map(str.strip, os.environ.get("LOCALAWS_PRETENDED_TYPES", "").split(","))))
"""CloudFormation types, separated by commas, that succeed without being emulated. All others fail by name."""

IAM = os.environ.get("LOCALAWS_IAM") or "on"
"""Whether the policies of roles and resources are enforced: on or off."""

if IAM not in ("on", "off"):
    raise ValueError(f"LOCALAWS_IAM is {IAM}, expected on or off")

IAM_RECORD = Path(os.environ["LOCALAWS_IAM_RECORD"]).absolute() if os.environ.get("LOCALAWS_IAM_RECORD") else None
"""A folder that gets a file with every decision about a permission; nothing is recorded without it."""

FAILURES = Path(os.environ["LOCALAWS_FAILURES"]).absolute() if os.environ.get("LOCALAWS_FAILURES") else None
"""A file that names resource types whose next creation or update is to fail; injected_failures.py has its format."""

TEMPORARY = STATE / "tmp"

LOCALSTACK = {
    "GATEWAY_LISTEN": GATEWAY_LISTEN,
    "OVERRIDE_IN_DOCKER": "0",  # LocalStack would conclude from cgroups that it runs in a container
    "LOCALSTACK_HOST": f"localhost:{PORT}",  # in the URLs that it returns; its own domain would need a name server
    "SQS_ENDPOINT_STRATEGY": "path",
    "DNS_ADDRESS": "0",  # no DNS server on port 53
    "DISABLE_EVENTS": "1",  # no telemetry
    "SKIP_SSL_CERT_DOWNLOAD": "1",  # no network at start
    "LAMBDA_RUNTIME_EXECUTOR": "process",
    "LAMBDA_KEEPALIVE_MS": "600000",
    "LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT": "60",  # a busy machine takes longer than Lambda's ten seconds
    "CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES": "1",  # localaws decides: patches/cloudformation_unsupported.py
    "FILESYSTEM_ROOT": str(STATE / "localstack"),
    "XDG_CACHE_HOME": str(Path(sys.prefix) / "cache"),  # the list of its plugins; a home need not be writable
}
"""LocalStack's own settings; the environment wins."""
