"""Reduces the memory that LocalStack and botocore use for AWS's service models.

- botocore keeps each model as OrderedDicts with its complete documentation, once per loader, and creates many loaders.
  Here the loaders share plain dicts without documentation. Plain dicts keep their order too, and no code changes a
  loaded model.
- At the first start on a state directory, LocalStack builds its index of all operations. It loads the models of 400
  services for this and never releases them. Here a separate process builds the index, once per installation.

Not needed once botocore shares the models that it has read, and LocalStack ships its index.
"""

import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from botocore.loaders import JSONFileLoader

BUILD_INDEX = "import sys; from localstack.aws import spec; spec.build_service_index_cache(sys.argv[1])"


def without_documentation(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Documentation becomes empty, not missing, because botocore reads it. A value that is not a string is a member of
    a structure that happens to have this name.
    """
    return {name: "" if name == "documentation" and isinstance(value, str) else value for name, value in pairs}


@functools.cache
def read(path: str, open_file: Callable[..., Any]) -> Any:
    try:
        with open_file(path, "rb") as file:
            return json.loads(file.read(), object_pairs_hook=without_documentation)
    except FileNotFoundError:
        return None


def share() -> None:
    JSONFileLoader._load_file = lambda self, full_path, open_method: read(full_path, open_method)


def provide_index() -> None:
    from localstack.aws import spec

    index = Path(sys.prefix, "share", "localaws", spec._get_catalog_filename())
    if not index.exists():
        index.parent.mkdir(parents=True, exist_ok=True)
        part = index.with_suffix(f".{os.getpid()}")
        subprocess.run([sys.executable, "-c", BUILD_INDEX, part], check=True)
        part.rename(index)
    # LocalStack joins this to its own directory; an absolute path is not changed by that
    spec._get_catalog_filename = lambda: str(index)


def lighten() -> None:
    """Call this before LocalStack loads its first model."""
    share()
    provide_index()
