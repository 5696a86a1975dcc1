"""The command line of a Java function."""

from pathlib import Path

import pytest
from localstack.services.lambda_.invocation.runtime_executor import LambdaRuntimeException

from localaws import settings
from localaws.lambda_process import java


def test_functions_do_not_notice_that_a_build_replaces_the_runtime_client(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = tmp_path / "built"
    built.mkdir()
    (built / "client.jar").write_bytes(b"as it was at the start")
    monkeypatch.setattr(settings, "RIC_JARS", built)
    monkeypatch.setattr(settings, "TEMPORARY", tmp_path / "state")
    client = java.runtime_client()
    (built / "client.jar").unlink()
    assert java.jars(java.runtime_client()) == [str(client / "client.jar")]
    assert (client / "client.jar").read_bytes() == b"as it was at the start"


def test_a_missing_runtime_client_names_its_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "RIC_JARS", tmp_path / "none")
    monkeypatch.setattr(settings, "TEMPORARY", tmp_path / "state")
    with pytest.raises(LambdaRuntimeException, match="LOCALAWS_RIC_JARS"):
        java.runtime_client()
