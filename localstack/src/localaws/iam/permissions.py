"""`python -m localaws.iam.permissions RECORDS LIST TABLE`: whether each permission in a recorded account is needed.

A permission is one action on one of a statement's resources. It is needed if, without it, a recorded decision would be
another: a call would be refused or, if the statement denies, be let through. Each recorded call counts a second time as
it would be without TLS, which no call here is but which statements deny. RECORDS is the folder that LOCALAWS_IAM_RECORD
named. LIST names the permissions for which no local call can show it, one a line, as `OWNER ACTION: reason` or
`OWNER Deny ACTION: reason` or, for a part of the resources, `OWNER ACTION on RESOURCE: reason`. The action is exactly
the statement's; owner and resource may have IAM's wildcards. Behind the word `sometimes`, as in
`OWNER ACTION sometimes: reason`, are those that a call needs at some times or with some seeds only. TABLE is written:
each permission with a call that needs it, or with its reason. The command fails if a permission has neither, and if a
line without `sometimes` explains none.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from localaws.iam.decisions import CONTEXT, Decision
from localaws.iam.policies import Policy, Request, like, listed, statements

OF_CDK = "DefaultPolicy"
"""What the name of a role's policy has, as CDK writes it, behind the id of the role."""
OF_AWS = "arn:aws:iam::aws:policy/"
"""How the names of AWS's own managed policies begin."""
ROLE = re.compile(r":role/(.+?)(-[0-9a-f]{8})?$")
PLACE = re.compile(r"^arn:aws:(\w+):[^:]*:[^:]*:")
RANDOM = re.compile(r"(?<=key/)[0-9a-f-]{36}$|(?<=topic)-[0-9a-f]{8}$")
LINE = re.compile(
    r"(?P<owner>\S.*?) (?P<action>(Deny )?\S+?)( on (?P<resource>\S+?))?(?P<sometimes> sometimes)?: (?P<text>\S.*)"
)
WITHOUT_TLS = {"aws:securetransport": "false"}


@dataclass(frozen=True, order=True)
class Permission:
    """Where it stands, by names and numbers that are the same in each deployment, as the resource's own is not."""

    owner: str
    statement: int
    action: str
    position: int = 0
    resource: str = field(default="*", compare=False)

    def __str__(self) -> str:
        return f"{self.owner} {self.action} on {self.resource}"


@dataclass(frozen=True)
class Reason:
    """A line of the list."""

    owner: str
    action: str
    resource: str
    text: str
    sometimes: bool

    def __str__(self) -> str:
        return f"{self.owner} {self.action} on {self.resource}"

    def covers(self, permission: Permission) -> bool:
        same = self.action == permission.action
        return same and like(self.owner, permission.owner) and like(self.resource, permission.resource)


def owner(policy: Policy) -> str:
    """A role's policy by the name that CDK gives it, since CloudFormation shortens the role's own; another by its role
    and its name, or by its resource."""
    if OF_CDK in policy.name:
        return policy.name.split(OF_CDK)[0]
    if role := ROLE.search(policy.owner):
        return f"{role[1]} ({policy.name or 'trust'})"
    return RANDOM.sub("", PLACE.sub(r"\1:", policy.owner))


def permissions(policy: Policy) -> Iterator[tuple[Permission, Policy]]:
    """Each permission of a policy, and the policy without it."""
    found = list(statements(policy.document))
    for index, statement in enumerate(found):
        actions, resources = listed(statement["Action"]), listed(statement.get("Resource", "*"))
        deny = "Deny " if statement["Effect"] == "Deny" else ""
        for action in actions:
            others = {**statement, "Action": [other for other in actions if other != action]}
            for position, resource in enumerate(resources):
                rest = {**statement, "Action": action, "Resource": resources[:position] + resources[position + 1 :]}
                document = json.dumps({"Statement": [*found[:index], others, rest, *found[index + 1 :]]})
                yield (
                    Permission(owner(policy), index, deny + action, position, resource),
                    replace(policy, document=document),
                )


class Recorded:
    """The content of a folder of records."""

    def __init__(self, folder: Path) -> None:
        lines = [json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.read_text().splitlines()]
        self._policies = {
            line["policy"]: Policy(line["owner"], line["name"], line["document"]) for line in lines if "policy" in line
        }
        self._permissions = {name: list(permissions(policy)) for name, policy in self._policies.items()}
        self.decisions = [line for line in lines if "action" in line]
        self._ends = [line["end"] for line in lines if "end" in line]

    def all(self) -> set[Permission]:
        """What there was at the end of each record, except AWS's own managed policies."""
        names = {name for end in self._ends for name in end if not self._policies[name].name.startswith(OF_AWS)}
        return {permission for name in names for permission, _ in self._permissions[name]}

    def needed(self) -> dict[Permission, str]:
        """The permissions without which a recorded decision would be another, each with the call."""
        found: dict[Permission, str] = {}
        for context in ({}, WITHOUT_TLS):
            for line in self.decisions:
                self._add_needed(found, line, self._decision(line, context), " without TLS" if context else "")
        return found

    def _add_needed(self, found: dict[Permission, str], line: Mapping[str, Any], decision: Decision, how: str) -> None:
        allowed = decision.refusal() is None
        for name in [*(line["identity"] or ()), *filter(None, [line["of_resource"]])]:
            for permission, policy in self._permissions[name]:
                action = permission.action.removeprefix("Deny ")
                if permission in found or not like(action, decision.request.action, fold=True):
                    continue
                if (decision.with_policy(self._policies[name], policy).refusal() is None) != allowed:
                    found[permission] = f"{decision.request.action} on {decision.request.resource}{how}"

    def _decision(self, line: Mapping[str, Any], other: Mapping[str, str]) -> Decision:
        identity, names = line["identity"], frozenset(line["names"])
        context = {**CONTEXT, **line["context"], **other}
        return Decision(
            Request(line["action"], line["resource"], line["account"], names, context),
            None if identity is None else tuple(self._policies[name] for name in identity),
            self._policies[line["of_resource"]] if line["of_resource"] else None,
        )


def reasons(file: Path) -> list[Reason]:
    """The lines of the list; those that begin with # are comments."""
    found = []
    for line in file.read_text().splitlines():
        if line and not line.startswith("#"):
            if not (parts := LINE.fullmatch(line)):
                raise ValueError(f"{file}: '{line}', expected OWNER ACTION: reason")
            resource, sometimes = parts["resource"] or "*", bool(parts["sometimes"])
            found.append(Reason(parts["owner"], parts["action"], resource, parts["text"], sometimes))
    return found


def table(recorded: Recorded, known: list[Reason]) -> tuple[list[str], list[str]]:
    """The lines of the table, and what is wrong."""
    every, needed = recorded.all(), recorded.needed()
    lines, wrong, explaining = [], [], set()
    for permission in sorted(every):
        reason = next((reason for reason in known if reason.covers(permission)), None)
        if call := needed.get(permission):
            lines.append(f"needed | {permission} | {call}")
        elif reason:
            explaining.add(reason)
            lines.append(f"listed | {permission} | {reason.text}")
        else:
            lines.append(f"unused | {permission} |")
            wrong.append(f"{permission}: no recorded call needs it, and the list does not have it")
    for reason in known:
        if not any(map(reason.covers, every)):
            wrong.append(f"{reason}: the list has it, but there is no such permission")
        elif reason not in explaining and not reason.sometimes:
            wrong.append(f"{reason}: the list has it, but recorded calls need it, or a line before it explains it")
    return lines, wrong


def main(arguments: list[str]) -> None:
    if len(arguments) != 3:
        sys.exit("usage: python -m localaws.iam.permissions RECORDS LIST TABLE")
    records, reasons_file, table_file = map(Path, arguments)
    recorded = Recorded(records)
    if not recorded.all():
        sys.exit(f"localaws: {records} has no finished record, expected one of a system with LOCALAWS_IAM_RECORD")
    lines, wrong = table(recorded, reasons(reasons_file))
    table_file.write_text("".join(f"{line}\n" for line in lines))
    needed, others = (sum(line.startswith(kind) for line in lines) for kind in ("needed", "listed"))
    print(
        f"{len(lines)} permissions: {needed} are needed by one of {len(recorded.decisions)} recorded calls, "
        f"{others} are listed with their reason; see {table_file}"
    )
    if wrong:
        sys.exit("\n".join([f"localaws: the permissions and their list, {reasons_file}, do not agree:", *wrong]))


if __name__ == "__main__":
    main(sys.argv[1:])
