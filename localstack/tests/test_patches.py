"""Patches whose effect the other tests see: is the upstream defect still there? A failure says which may go."""

import importlib
import inspect
import pkgutil
import sys

import pytest
from localstack.services.cloudformation.engine.v2.change_set_model import ChangeSetModel
from localstack.services.cloudformation.engine.v2.change_set_model_executor import ChangeSetModelExecutor
from localstack.services.kms.models import KmsKey
from localstack.services.s3.resource_providers.aws_s3_bucket import S3BucketProvider

from localaws import patches

NAMES = [module.name for module in pkgutil.iter_modules(patches.__path__)]


@pytest.mark.parametrize("name", NAMES)
def test_a_patch_says_what_is_wrong_and_when_it_may_go(name: str) -> None:
    module = importlib.import_module(f"localaws.patches.{name}")
    assert "Not needed" in module.__doc__
    assert callable(module.apply)


def test_upstream_still_empties_a_bucket_of_current_versions_only() -> None:
    source = inspect.getsource(S3BucketProvider)
    assert "list_object_versions" not in source, "patches/s3_bucket_delete.py may not be needed"


def test_upstream_still_deletes_a_failed_stack_by_its_template() -> None:
    source = inspect.getsource(ChangeSetModelExecutor.execute)
    assert "creation" not in source, "patches/cloudformation_failed_creation.py may not be needed"


def test_upstream_still_makes_a_uuid_of_bytes() -> None:
    source = inspect.getsource(KmsKey.generate_key_material_id)
    assert sys.version_info >= (3, 12) or "uuid5" in source, "patches/python_311.py is not needed any more"


def test_upstream_still_decides_a_replacement_by_the_templates_text() -> None:
    source = inspect.getsource(ChangeSetModel._resolve_requires_replacement)
    assert "change_type" in source, "patches/cloudformation_replacement.py may not be needed"
