"""AWS's service models, of which LocalStack and botocore keep far more in memory than they use.

- botocore keeps each model as OrderedDicts with all of its documentation, once for each of its many loaders. Here the
  loaders share plain dicts without it: these keep their order too, and nobody changes a model that is loaded.
- LocalStack makes its index of all operations at the first start on a state directory: it loads the models of 400
  services and never lets go of them. Here another process makes it, once for an installation.

Not needed once botocore shares what it read, and LocalStack ships its index.
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

MAKE_INDEX = "import sys; from localstack.aws import spec; spec.build_service_index_cache(sys.argv[1])"


def without_documentation(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Empty, not missing: botocore reads it. What is no string is a member of that name."""
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
        subprocess.run([sys.executable, "-c", MAKE_INDEX, part], check=True)
        part.rename(index)
    # joined to LocalStack's own directory, an absolute path stays what it is
    spec._get_catalog_filename = lambda: str(index)


def lighten() -> None:
    """Before LocalStack loads its first model."""
    share()
    provide_index()
