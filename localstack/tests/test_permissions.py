"""Which permissions the recorded calls need."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from test_policies import ACCOUNT, ROLE, allow, policy, request

from localaws.iam import permissions
from localaws.iam.decisions import Decision
from localaws.iam.policies import Policy
from localaws.iam.record import Record

BUCKET = "arn:aws:s3:::models"
WITHOUT_TLS = {
    "Action": "s3:*",
    "Resource": f"{BUCKET}/*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def of_role(*statements: Any) -> Policy:
    return replace(policy(*statements), owner=ROLE, name="WorkerRoleDefaultPolicyF866829E")


def of_bucket(*statements: Any) -> Policy:
    return replace(policy(*statements), owner=BUCKET)


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """A role that reads objects and may write them, in a bucket that denies to read one, to delete any, and all calls
    without TLS."""
    role = of_role(
        allow(Action=["s3:GetObject", "s3:PutObject"], Resource=[f"{BUCKET}/open/*", f"{BUCKET}/closed"]),
        allow(Action="s3:ListBucket", Resource=BUCKET),
    )
    denials = [
        {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": f"{BUCKET}/{key}"}
        for action, key in (("s3:GetObject", "closed"), ("s3:DeleteObject", "*"))
    ]
    denials.append({**denials[0], **WITHOUT_TLS})
    bucket = of_bucket(*denials)
    record = Record(tmp_path / "records" / "one.jsonl")
    for key in ("open/a", "open/a", "closed"):
        decision = Decision(request(resource=f"{BUCKET}/{key}"), (role,), bucket)
        record.add(decision, decision.refusal())
    record.end([role, bucket])
    return tmp_path


def run(folder: Path, *lines: str) -> str:
    """The table."""
    (folder / "list").write_text("# comment\n\n" + "\n".join(lines))
    permissions.main([str(folder / "records"), str(folder / "list"), str(folder / "table")])
    return (folder / "table").read_text()


LISTED = (
    "WorkerRole s3:PutObject: it will write",
    "Worker* s3:ListBucket: a faulty one lists",
    "s3:models Deny s3:DeleteObject: nobody tries",
    "WorkerRole s3:GetObject on arn:aws:s3:::models/closed: the bucket denies it",
)


def test_a_permission_is_needed_or_listed(recorded: Path, capsys: pytest.CaptureFixture) -> None:
    assert run(recorded, *LISTED).splitlines() == [
        f"needed | WorkerRole s3:GetObject on {BUCKET}/open/* | s3:GetObject on {BUCKET}/open/a",
        f"listed | WorkerRole s3:GetObject on {BUCKET}/closed | the bucket denies it",
        f"listed | WorkerRole s3:PutObject on {BUCKET}/open/* | it will write",
        f"listed | WorkerRole s3:PutObject on {BUCKET}/closed | it will write",
        f"listed | WorkerRole s3:ListBucket on {BUCKET} | a faulty one lists",
        f"needed | s3:models Deny s3:GetObject on {BUCKET}/closed | s3:GetObject on {BUCKET}/closed",
        f"listed | s3:models Deny s3:DeleteObject on {BUCKET}/* | nobody tries",
        f"needed | s3:models Deny s3:* on {BUCKET}/* | s3:GetObject on {BUCKET}/open/a without TLS",
    ]
    said = capsys.readouterr().out
    assert said.startswith("8 permissions: 3 are needed by one of 2 recorded calls, 5 are listed with their reason")


def test_a_permission_that_is_neither_fails(recorded: Path) -> None:
    with pytest.raises(
        SystemExit, match="WorkerRole s3:PutObject on .*/open/.*: no recorded call needs it, and the list does not"
    ):
        run(recorded, *LISTED[1:])


def test_a_line_that_names_no_permission_fails(recorded: Path) -> None:
    with pytest.raises(
        SystemExit, match="FormerRole s3:GetObject on .*: the list has it, but there is no such permission"
    ):
        run(recorded, *LISTED, "FormerRole s3:GetObject: it is gone")


def test_an_action_of_the_list_is_exactly_the_statements(recorded: Path) -> None:
    with pytest.raises(SystemExit) as failed:
        run(recorded, *LISTED[:2], LISTED[3], "s3:models Deny s3:*: nobody tries")
    assert f"s3:models Deny s3:DeleteObject on {BUCKET}/*: no recorded call needs it" in str(failed.value)
    assert "s3:models Deny s3:* on *: the list has it, but recorded calls need it" in str(failed.value)


@pytest.mark.parametrize("line", ["Worker* s3:GetObject on *open*: nobody reads", "Worker* s3:PutObject: once more"])
def test_a_line_that_explains_nothing_fails_unless_it_does_sometimes(recorded: Path, line: str) -> None:
    run(recorded, *LISTED, line.replace(": ", " sometimes: "))
    with pytest.raises(SystemExit, match="the list has it, but recorded calls need it, or a line before it explains"):
        run(recorded, *LISTED, line)


def test_a_folder_without_a_finished_record_fails(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="has no finished record"):
        run(tmp_path)


def test_a_permission_has_the_same_name_in_each_deployment() -> None:
    place = f"eu-central-1:{ACCOUNT}"
    owners = {
        "arn:aws:iam::000000000000:role/vowcheck-WorkerRole12-a386b3d4": "vowcheck-WorkerRole12 (trust)",
        f"arn:aws:lambda:{place}:function:worker:live": "lambda:function:worker:live",
        f"arn:aws:kms:{place}:key/9ce60901-184d-4ea7-9798-f07d08f8c9fe": "kms:key/",
        f"arn:aws:sns:{place}:topic-2021e403": "sns:topic",
    }
    inline = replace(policy(), owner="arn:aws:iam::000000000000:role/worker-a386b3d4", name="Inline")
    assert permissions.owner(inline) == "worker (Inline)"
    assert {arn: permissions.owner(Policy(arn, "", json.dumps({"Statement": []}))) for arn in owners} == owners
