"""What policies say to one request. Pure: knows neither LocalStack nor a service.

Whatever has no meaning here (an operator, a condition key, a policy variable) raises Unknown: a guess would make a
wrong policy look right.
"""

import functools
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Flag, auto
from typing import Any

Statement = Mapping[str, Any]
ELEMENTS = frozenset({"Sid", "Effect", "Principal", "Action", "Resource", "Condition"})


class Unknown(Exception):
    """Something in a policy that this module has no meaning for."""


class Says(Flag):
    NOTHING = 0
    ALLOW = auto()
    DELEGATE = auto()
    """Allows the account: its identity policies decide."""
    DENY = auto()


@dataclass(frozen=True)
class Policy:
    """A policy document in JSON, whose it is, and its name; the resource's own policy has the name ''."""

    owner: str
    name: str
    document: str


@dataclass(frozen=True)
class Request:
    """One action on one resource. The names are what a Principal element can call the caller: the ARNs of a role and of
    its session, or a service. A condition key, in lower case, that is known to be absent has the value None.
    """

    action: str
    resource: str
    account: str
    names: frozenset[str]
    context: Mapping[str, str | None]


def listed(value: Any) -> list[Any]:
    """JSON of policies has one value or a list of them."""
    return value if isinstance(value, list) else [value]


@functools.lru_cache(maxsize=4096)
def _pattern(text: str, fold: bool) -> re.Pattern[str]:
    if "${" in text:
        raise Unknown(f"policy variable in {text}")
    parts = (".*" if part == "*" else "." if part == "?" else re.escape(part) for part in re.split(r"([*?])", text))
    return re.compile("".join(parts), re.DOTALL | (re.IGNORECASE if fold else 0))


def like(pattern: str, value: str, fold: bool = False) -> bool:
    """IAM's wildcards: * stands for any text, ? for one character; fold ignores the case, as actions do."""
    return _pattern(pattern, fold).fullmatch(value) is not None


def arn_like(pattern: str, value: str) -> bool:
    """Each of the six parts by itself: a * does not go beyond its part."""
    wanted, found = pattern.split(":", 5), value.split(":", 5)
    return len(wanted) == len(found) and all(like(w, f) for w, f in zip(wanted, found, strict=True))


OPERATORS: dict[str, Callable[[str, str], bool]] = {  # (of the policy, of the request)
    "StringEquals": lambda wanted, found: wanted == found,
    "StringLike": like,
    "ArnEquals": arn_like,
    "ArnLike": arn_like,
    "Bool": lambda wanted, found: wanted.lower() == found.lower(),
}
NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
}


def _holds(operator: str, key: str, wanted: Any, context: Mapping[str, str | None]) -> bool:
    if key.lower() not in context:
        raise Unknown(f"condition key {key}")
    values = [str(value).lower() if isinstance(value, bool) else str(value) for value in listed(wanted)]
    found = context[key.lower()]
    if operator == "Null":
        return (found is None) == (values[0].lower() == "true")
    name = operator.removesuffix("IfExists")
    test = OPERATORS.get(NEGATED.get(name, name))
    if not test:
        raise Unknown(f"condition operator {operator}")
    if found is None:
        return name in NEGATED or name != operator
    return any(test(value, found) for value in values) != (name in NEGATED)


def _conditions_hold(statement: Statement, context: Mapping[str, str | None]) -> bool:
    held = [  # all of them: an unknown one is found behind one that does not hold
        _holds(operator, key, wanted, context)
        for operator, keys in (statement.get("Condition") or {}).items()
        for key, wanted in keys.items()
    ]
    return all(held)


def _principal(element: Any, request: Request) -> Says:
    """ALLOW: it names the caller; DELEGATE: it names the caller's account."""
    if element == "*":
        return Says.ALLOW
    named = Says.NOTHING
    for kind, names in element.items():
        if kind not in ("AWS", "Service"):
            raise Unknown(f"principal of kind {kind}")
        for name in listed(names):
            if name in request.names or (kind == "AWS" and name == "*"):
                return Says.ALLOW
            if kind == "AWS" and name in (request.account, f"arn:aws:iam::{request.account}:root"):
                named = Says.DELEGATE
    return named


def _statement(statement: Statement, request: Request) -> Says:
    if unknown := statement.keys() - ELEMENTS:
        raise Unknown(f"statement element {', '.join(sorted(unknown))}")
    if not any(like(action, request.action, fold=True) for action in listed(statement["Action"])):
        return Says.NOTHING
    if not any(like(resource, request.resource) for resource in listed(statement.get("Resource", "*"))):
        return Says.NOTHING
    named = _principal(statement["Principal"], request) if "Principal" in statement else Says.ALLOW
    if not named or not _conditions_hold(statement, request.context):
        return Says.NOTHING
    return Says.DENY if statement["Effect"] == "Deny" else named


@functools.lru_cache(maxsize=1024)
def statements(document: str) -> tuple[Statement, ...]:
    """The statements of a document in JSON."""
    return tuple(listed(json.loads(document)["Statement"]))


def say(policies: Iterable[Policy], request: Request) -> Says:
    """All that the policies say together."""
    result = Says.NOTHING
    for policy in policies:
        for statement in statements(policy.document):
            result |= _statement(statement, request)
    return result
