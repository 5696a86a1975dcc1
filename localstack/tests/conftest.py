"""One localaws for the whole session. Those tests that kill one have one of their own (`test_durability.py`)."""

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


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "last: waits for a time, which passes during the other tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those with the mark `last` run after all others."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


@pytest.fixture(scope="session")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    account = Account(tmp_path_factory.mktemp("account") / "ä state with spaces").start()
    yield account
    account.stop()


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
