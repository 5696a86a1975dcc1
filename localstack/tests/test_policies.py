"""The meaning of policy documents, without LocalStack."""

import json
from typing import Any

import pytest

from localaws.iam.decisions import CONTEXT, Decision
from localaws.iam.policies import Policy, Request, Says, Unknown, say

ACCOUNT = "000000000000"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/worker"
OBJECT = "arn:aws:s3:::models/open/a"


def request(action: str = "s3:GetObject", resource: str = OBJECT, **context: str | None) -> Request:
    keys = {key.replace("_", ":", 1).replace("_", "-"): value for key, value in context.items()}
    return Request(action, resource, ACCOUNT, frozenset({ROLE}), {**CONTEXT, **keys})


def policy(*statements: Any) -> Policy:
    return Policy("owner", "", json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))


def allow(**elements: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::models/*", **elements}


def says(*statements: Any, **context: str | None) -> Says:
    return say([policy(*statements)], request(**context))


def test_actions_ignore_the_case_and_resources_do_not() -> None:
    assert says(allow(Action="S3:getobject")) == Says.ALLOW
    assert says(allow(Resource="arn:aws:s3:::MODELS/*")) == Says.NOTHING
    assert says(allow(Action=["s3:Put*", "s3:?etObject"])) == Says.ALLOW
    assert says(allow(Resource="arn:aws:s3:::models")) == Says.NOTHING


def test_every_statement_is_heard() -> None:
    assert says(allow(), allow(Effect="Deny", Resource="*", Action="*")) == Says.ALLOW | Says.DENY


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ({"AWS": ROLE}, Says.ALLOW),
        ({"AWS": "*"}, Says.ALLOW),
        ("*", Says.ALLOW),
        ({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, Says.DELEGATE),
        ({"AWS": "arn:aws:iam::999999999999:root"}, Says.NOTHING),
        ({"Service": ["s3.amazonaws.com", "sns.amazonaws.com"]}, Says.NOTHING),
    ],
)
def test_a_principal_is_the_role_or_its_account(principal: Any, expected: Says) -> None:
    assert says(allow(Principal=principal)) == expected


@pytest.mark.parametrize(
    ("condition", "prefix", "holds"),
    [
        ({"StringLike": {"s3:prefix": "open/*"}}, "open/a", True),
        ({"StringLike": {"s3:prefix": "open/*"}}, "closed/a", False),
        ({"StringLike": {"s3:prefix": "open/*"}}, None, False),
        ({"StringLikeIfExists": {"S3:Prefix": "open/*"}}, None, True),
        ({"StringNotEquals": {"s3:prefix": ["a", "b"]}}, "b", False),
        ({"StringNotEquals": {"s3:prefix": ["a", "b"]}}, None, True),
        ({"Null": {"s3:prefix": "false"}}, "a", True),
        ({"Null": {"s3:prefix": "true"}}, "a", False),
        ({"Bool": {"aws:SecureTransport": False}}, "a", False),
        ({"StringEquals": {"s3:prefix": "a"}, "Bool": {"aws:SecureTransport": "true"}}, "a", True),
        ({"StringEquals": {"s3:prefix": "a"}, "Bool": {"aws:SecureTransport": "false"}}, "a", False),
    ],
)
def test_a_statement_counts_if_all_its_conditions_hold(condition: Any, prefix: str | None, holds: bool) -> None:
    assert (says(allow(Condition=condition), s3_prefix=prefix) == Says.ALLOW) == holds


def test_a_wildcard_in_an_arn_of_a_condition_stays_in_its_part() -> None:
    condition = {"ArnLike": {"aws:SourceArn": "arn:aws:events:*:0*:rule/a*"}}
    rule = "arn:aws:events:eu-central-1:000000000000:rule/ab"
    assert says(allow(Condition=condition), aws_sourcearn=rule) == Says.ALLOW
    beyond = {"ArnLike": {"aws:SourceArn": "arn:aws:*:rule/ab"}}
    assert says(allow(Condition=beyond), aws_sourcearn=rule) == Says.NOTHING


@pytest.mark.parametrize(
    ("elements", "what"),
    [
        ({"Condition": {"StringEquals": {"aws:PrincipalOrgID": "x"}}}, "condition key aws:PrincipalOrgID"),
        ({"Condition": {"DateLessThan": {"s3:prefix": "x"}}}, "condition operator DateLessThan"),
        ({"Condition": {"ForAnyValue:StringEquals": {"s3:prefix": "x"}}}, "condition operator ForAnyValue"),
        ({"Resource": "arn:aws:s3:::models/${aws:username}"}, "policy variable"),
        ({"Principal": {"Federated": "x"}}, "principal of kind Federated"),
        ({"NotAction": "s3:Put*"}, "statement element NotAction"),
    ],
)
def test_what_has_no_meaning_here_is_named(elements: dict[str, Any], what: str) -> None:
    with pytest.raises(Unknown, match=what):
        says(allow(**elements))


def refusal(identity: list[Any] | None, of_resource: list[Any], action: str = "s3:GetObject") -> str | None:
    identity_policies = None if identity is None else (policy(*identity),)
    return Decision(request(action), identity_policies, policy(*of_resource)).refusal()


def test_either_policy_allows_and_either_denies() -> None:
    named = allow(Principal={"AWS": ROLE})
    assert refusal([allow()], []) is None
    assert refusal([], [named]) is None
    assert refusal([allow()], [{**named, "Effect": "Deny"}]) == "with an explicit deny in a resource-based policy"
    assert refusal([{**allow(), "Effect": "Deny"}], [named]) == "with an explicit deny in an identity-based policy"
    assert refusal([], []) == "because no identity-based policy allows the s3:GetObject action"


def test_a_key_must_leave_the_decision_to_the_account() -> None:
    of_role = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}
    account = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
    delegating = {"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal": account}
    assert refusal([of_role], [delegating], "kms:Decrypt") is None
    assert refusal([], [delegating], "kms:Decrypt") == "because no identity-based policy allows the kms:Decrypt action"
    assert refusal([of_role], [], "kms:Decrypt") == "because no resource-based policy allows the kms:Decrypt action"


def test_a_service_needs_the_resources_policy() -> None:
    assert refusal(None, []) == "because no resource-based policy allows the s3:GetObject action"
