"""Maps containers to commands on this machine: the JSON file that LOCALAWS_IMAGES names.

    {"training": {"entry_point": ["/usr/bin/java", "…"], "command": ["…"],
                  "working_directory": "/…", "environment": {"NAME": "value"}}}

The key is the container's name in the task definition. The four values stand for those that an image would define; the
task definition overrides its entry point, command and environment. The file is read at each start of a task.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from localaws import settings

FIELDS = {"entry_point": list, "command": list, "working_directory": str, "environment": dict}


class NoImage(Exception):
    """The container cannot be started as a process; the message says what is missing from the file."""


@dataclass(frozen=True)
class Image:
    """What a container image defines about its process."""

    entry_point: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    working_directory: Path = Path("/")
    environment: Mapping[str, str] = field(default_factory=dict)

    def arguments(self, container: Mapping[str, Any], override: Mapping[str, Any]) -> list[str]:
        """As in Docker, an entry point in the task definition also disables the image's command."""
        entry_point = container.get("entryPoint") or self.entry_point
        of_image = () if container.get("entryPoint") else self.command
        return [*entry_point, *(override.get("command") or container.get("command") or of_image)]


def image_of(container: str) -> Image:
    file = settings.IMAGES
    if file is None:
        raise NoImage(f"container {container}: LOCALAWS_IMAGES names no file")
    try:
        known = json.loads(file.read_text())
    except (OSError, ValueError) as e:
        raise NoImage(f"container {container}: LOCALAWS_IMAGES, {file}: {e}") from e
    found = known.get(container) if isinstance(known, dict) else None
    if not isinstance(found, dict):
        raise NoImage(f"container {container} is not in LOCALAWS_IMAGES, {file}")
    wrong = sorted(name for name, value in found.items() if not isinstance(value, FIELDS.get(name, ())))
    if wrong:
        raise NoImage(f"container {container}: LOCALAWS_IMAGES, {file}: unknown or of another type: {', '.join(wrong)}")
    return Image(
        tuple(map(str, found.get("entry_point", ()))),
        tuple(map(str, found.get("command", ()))),
        Path(found.get("working_directory", "/")),
        {name: str(value) for name, value in found.get("environment", {}).items()},
    )
