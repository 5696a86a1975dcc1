"""`python -m localaws.iam.permissions RECORDS LIST TABLE`: whether each permission in a recorded account is needed.

A permission is one action of one statement. It is needed if, without it, a recorded decision would be another: a call
would be refused or, if the statement denies, be let through. RECORDS is the folder that LOCALAWS_IAM_RECORD named. LIST
names the permissions for which no local call can show it, one a line, as `OWNER ACTION: reason` or
`OWNER Deny ACTION: reason`; owner and action may have IAM's wildcards. TABLE is written: each permission with a call
that needs it, or with its reason. The command fails if a permission has neither, or if a line of LIST names none. It
also prints the lines of LIST whose permissions are all needed: not an error, since some calls depend on the time.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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
LINE = re.compile(r"(?P<owner>\S.*?) (?P<action>(Deny )?\S+): (?P<text>\S.*)")


@dataclass(frozen=True, order=True)
class Permission:
    """Where it stands, by names that are the same in each deployment."""

    owner: str
    statement: int
    action: str

    def __str__(self) -> str:
        return f"{self.owner} {self.action}"


@dataclass(frozen=True)
class Reason:
    """A line of the list."""

    owner: str
    action: str
    text: str

    def __str__(self) -> str:
        return f"{self.owner} {self.action}"

    def covers(self, permission: Permission) -> bool:
        return like(self.owner, permission.owner) and like(self.action, permission.action)


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
    found = [dict(statement) for statement in statements(policy.document)]
    for index, statement in enumerate(found):
        actions = listed(statement["Action"])
        deny = "Deny " if statement["Effect"] == "Deny" else ""
        for action in actions:
            left = {**statement, "Action": [other for other in actions if other != action]}
            document = json.dumps({"Statement": [*found[:index], left, *found[index + 1 :]]})
            yield Permission(owner(policy), index, deny + action), replace(policy, document=document)


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

    def needed(self) -> dict[Permission, Request]:
        """The permissions without which a recorded decision would be another, each with the request."""
        found: dict[Permission, Request] = {}
        for line in self.decisions:
            decision = self._decision(line)
            allowed = decision.refusal() is None
            for name in [*(line["identity"] or ()), *filter(None, [line["of_resource"]])]:
                for permission, policy in self._permissions[name]:
                    action = permission.action.removeprefix("Deny ")
                    if permission in found or not like(action, decision.request.action, fold=True):
                        continue
                    if (decision.with_policy(self._policies[name], policy).refusal() is None) != allowed:
                        found[permission] = decision.request
        return found

    def _decision(self, line: Mapping[str, Any]) -> Decision:
        identity, names = line["identity"], frozenset(line["names"])
        context = {**CONTEXT, **line["context"]}
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
            found.append(Reason(parts["owner"], parts["action"], parts["text"]))
    return found


def table(recorded: Recorded, known: list[Reason]) -> tuple[list[str], list[str], list[Reason]]:
    """The lines of the table, what is wrong, and the reasons of which each permission is needed by a call."""
    every, needed = recorded.all(), recorded.needed()
    lines, wrong, superfluous = [], [], []
    for permission in sorted(every):
        reason = next((reason for reason in known if reason.covers(permission)), None)
        if call := needed.get(permission):
            lines.append(f"needed | {permission} | {call.action} on {call.resource}")
        elif reason:
            lines.append(f"listed | {permission} | {reason.text}")
        else:
            lines.append(f"unused | {permission} |")
            wrong.append(f"{permission}: no recorded call needs it, and the list does not have it")
    for reason in known:
        covered = {permission for permission in every if reason.covers(permission)}
        if not covered:
            wrong.append(f"{reason}: the list has it, but there is no such permission")
        elif covered <= needed.keys():
            superfluous.append(reason)
    return lines, wrong, superfluous


def main(arguments: list[str]) -> None:
    if len(arguments) != 3:
        sys.exit("usage: python -m localaws.iam.permissions RECORDS LIST TABLE")
    records, reasons_file, table_file = map(Path, arguments)
    recorded = Recorded(records)
    if not recorded.all():
        sys.exit(f"localaws: {records} has no finished record, expected one of a system with LOCALAWS_IAM_RECORD")
    lines, wrong, superfluous = table(recorded, reasons(reasons_file))
    table_file.write_text("".join(f"{line}\n" for line in lines))
    needed, others = (sum(line.startswith(kind) for line in lines) for kind in ("needed", "listed"))
    print(
        f"{len(lines)} permissions: {needed} are needed by one of {len(recorded.decisions)} recorded calls, "
        f"{others} are listed with their reason; see {table_file}"
    )
    for reason in superfluous:
        print(f"listed, but needed by a recorded call: {reason}")
    if wrong:
        sys.exit("\n".join(["localaws: permissions that nothing shows to be needed:", *wrong]))


if __name__ == "__main__":
    main(sys.argv[1:])
