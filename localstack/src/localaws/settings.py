"""Every setting of this package, read from the environment in one place."""

import os
from pathlib import Path

GATEWAY_LISTEN = os.environ.get("GATEWAY_LISTEN") or "127.0.0.1:4566"
"""Address of the one endpoint; LocalStack reads the same variable. Use an IP address: see ENDPOINT."""

HOST, PORT = GATEWAY_LISTEN.rsplit(":", 1)[0], int(GATEWAY_LISTEN.rsplit(":", 1)[1])

ENDPOINT = f"http://{HOST}:{PORT}"
"""What a function gets as AWS_ENDPOINT_URL. The AWS SDKs address S3 by path, not by host name, where it is an IP."""

STATE = Path(os.environ.get("LOCALAWS_STATE") or ".localaws").absolute()
"""What survives a restart: rds/ (data directories), s3/ (objects), secrets/. The rest of it may be deleted."""

RIC_JARS = Path(os.environ.get("LOCALAWS_RIC_JARS") or STATE / "ric").absolute()
"""Directory with the jars of com.amazonaws:aws-lambda-java-runtime-interface-client."""

JAVA_HOME = os.environ.get("LOCALAWS_JAVA_HOME") or os.environ.get("JAVA_HOME") or ""
"""The JDK or JRE that runs functions."""

POSTGRES_HOME = Path(os.environ.get("LOCALAWS_POSTGRES_HOME") or STATE / "postgres").absolute()
"""PostgreSQL's own bin/, lib/ and share/, as localaws.rds.unpack leaves them."""

IMAGES = Path(os.environ["LOCALAWS_IMAGES"]).absolute() if os.environ.get("LOCALAWS_IMAGES") else None
"""The JSON file that says which command stands for a container; localaws.ecs.images has its form."""

PRETENDED_TYPES = frozenset(filter(None, map(str.strip, os.environ.get("LOCALAWS_PRETENDED_TYPES", "").split(","))))
"""CloudFormation types, comma separated, that may succeed without anything behind them. All others fail by name."""

TEMPORARY = STATE / "tmp"

LOCALSTACK = {
    "GATEWAY_LISTEN": GATEWAY_LISTEN,
    "OVERRIDE_IN_DOCKER": "0",  # do not guess "in a container" from cgroups
    "LOCALSTACK_HOST": f"localhost:{PORT}",  # in the URLs that it hands out; its own domain needs a name server
    "SQS_ENDPOINT_STRATEGY": "path",
    "DNS_ADDRESS": "0",  # no DNS server on port 53
    "DISABLE_EVENTS": "1",  # no telemetry
    "SKIP_SSL_CERT_DOWNLOAD": "1",  # no network at start
    "LAMBDA_RUNTIME_EXECUTOR": "process",
    "LAMBDA_KEEPALIVE_MS": "600000",
    "CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES": "1",  # localaws decides: patches/cloudformation_unsupported.py
    "FILESYSTEM_ROOT": str(STATE / "localstack"),
}
"""LocalStack's own settings; the environment wins."""
