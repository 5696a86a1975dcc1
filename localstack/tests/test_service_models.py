"""AWS's service models in LocalStack's memory. A failure of the last two tests names what to remove."""

import inspect
import sys
from pathlib import Path

import pytest
from botocore.loaders import JSONFileLoader, Loader
from localstack.aws import spec

from localaws import service_models

OF_TWO_SERVICES = """
from botocore.loaders import Loader
Loader.list_available_services = lambda *_: ["sqs", "sns"]
"""
"""All 400 take ten seconds; every new installation makes that index before its first test."""


def test_loaders_share_a_model_without_its_documentation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JSONFileLoader, "_load_file", JSONFileLoader._load_file)
    service_models.share()
    model = Loader().load_service_model("sqs", "service-2")
    assert Loader().load_service_model("sqs", "service-2")["shapes"] is model["shapes"]
    assert model["documentation"] == ""
    assert list(model["operations"])[:2] == ["AddPermission", "CancelMessageMoveTask"], "in the file's order"


def test_a_member_of_that_name_stays() -> None:
    assert service_models.without_documentation([("documentation", {"shape": "Text"})]) == {
        "documentation": {"shape": "Text"}
    }


def test_the_index_is_made_once_and_found_by_localstack(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(spec, "_get_catalog_filename", spec._get_catalog_filename)
    monkeypatch.setattr(service_models, "BUILD_INDEX", OF_TWO_SERVICES + service_models.BUILD_INDEX)
    service_models.provide_index()
    index = Path(spec._get_catalog_filename())
    assert "sqs" in spec.load_service_index_cache(str(index)).service_names
    assert [path.name for path in index.parent.iterdir()] == [index.name]
    assert index.is_absolute()
    before = index.stat()
    monkeypatch.setattr(spec, "_get_catalog_filename", lambda: index.name)
    service_models.provide_index()
    assert index.stat() == before


def test_upstream_still_reads_a_model_for_each_loader() -> None:
    assert "OrderedDict" in inspect.getsource(JSONFileLoader._load_file), "service_models.read may not be needed"


def test_upstream_still_makes_the_index_in_localstack() -> None:
    source = inspect.getsource(spec.get_service_catalog.__wrapped__)
    assert "build_service_index_cache" in source, "service_models.provide_index may not be needed"
