"""Writes down what was decided, in JSON lines, so that each permission can be shown to be needed by a call.

A line is either a policy with its digest, or a decision with the digests of the policies that it depends on. Equal
lines are written once. At the end, a line has the digests of all policies that exist then.
"""

import hashlib
import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from localaws.iam.decisions import Decision
from localaws.iam.policies import Policy


def digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


class Record:
    """One file. Thread-safe."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = open(path, "a", buffering=1)  # noqa: SIM115 - open as long as LocalStack runs
        self.lock = threading.Lock()
        self.seen: set[str] = set()

    def add(self, decision: Decision, refused: str | None) -> None:
        """A decision, and why it was refused."""
        request = decision.request
        identity = decision.identity
        self._write(
            {
                "action": request.action,
                "resource": request.resource,
                "account": request.account,
                "names": sorted(request.names),
                "context": {key: value for key, value in request.context.items() if value is not None},
                "identity": None if identity is None else [self.policy(policy) for policy in identity],
                "of_resource": self.policy(decision.of_resource) if decision.of_resource else None,
                "refused": refused,
            }
        )

    def policy(self, policy: Policy) -> str:
        """Its digest; the policy itself is in the file from now on."""
        line = asdict(policy)
        name = digest(line)
        self._write({"policy": name, **line})
        return name

    def end(self, policies: Iterable[Policy]) -> None:
        """All policies that exist."""
        self._write({"end": [self.policy(policy) for policy in policies]})

    def _write(self, line: Mapping[str, Any]) -> None:
        name = digest(line)
        with self.lock:
            if name not in self.seen:
                self.seen.add(name)
                self.file.write(json.dumps(line) + "\n")
