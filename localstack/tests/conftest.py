"""One localaws for the whole session. A test that kills localaws starts one for itself (`mortal`)."""

import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # --import-mode=importlib adds nothing to it, and `account` is here

from account import Account, needed  # noqa: E402

from localaws.__main__ import import_with_lock_class  # noqa: E402

import_with_lock_class()  # for the tests that read LocalStack's source


def pytest_sessionstart() -> None:
    """SIGTERM ends a session as Ctrl-C does: its accounts are stopped."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    account = Account(tmp_path_factory.mktemp("account") / "ä state with spaces").start()
    yield account
    account.stop()


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Account]:
    account = Account(tmp_path / "state")
    yield account.start()
    if account.process.poll() is None:
        account.kill()


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """tests/java, compiled and zipped as the code of a function."""
    folder = tmp_path_factory.mktemp("java")
    jars = ":".join(map(str, needed("LOCALAWS_RIC_JARS").glob("*.jar")))
    compiler = needed("LOCALAWS_JAVA_HOME") / "bin" / "javac"
    sources = map(str, (HERE / "java").glob("*.java"))
    subprocess.run([compiler, "-cp", jars, "-d", folder / "classes", *sources], check=True)
    with zipfile.ZipFile(folder / "probe.zip", "w") as archive:
        for path in sorted((folder / "classes").glob("*.class")):
            archive.write(path, path.name)
    return folder / "probe.zip"


@pytest.fixture(scope="session")
def code(account: Account, archive: Path) -> dict[str, str]:
    """The property Code of the functions that the tests deploy."""
    s3 = account.client("s3")
    s3.create_bucket(Bucket="cdk-code", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.upload_file(str(archive), "cdk-code", "probe.zip")
    return {"S3Bucket": "cdk-code", "S3Key": "probe.zip"}
