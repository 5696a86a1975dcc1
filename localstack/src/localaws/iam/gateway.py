"""Asks, before each call of a role's session or of a service, whether AWS would let it through, and refuses it as AWS
does. The gateway also processes the calls between LocalStack's own services, among them those on behalf of a role.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from localstack.aws import handlers
from localstack.aws.accounts import get_account_id_from_access_key_id
from localstack.aws.api import CommonServiceException
from localstack.utils.aws.request_context import extract_access_key_id_from_auth_header

from localaws import settings
from localaws.iam import calls, resources
from localaws.iam.decisions import CONTEXT, Decision
from localaws.iam.policies import Request, Unknown
from localaws.iam.record import Record

LOG = logging.getLogger(__name__)
SESSION_KEYS = ("LSIA", "ASIA")
"""How the access keys of roles' sessions begin."""
DEPLOYERS = "cdk-"
"""How the names of those roles begin that the CDK CLI assumes: they do what the administrator does."""
ACTION_PREFIX = {"stepfunctions": "states"}
SPELLED = {"sqs": str.lower, "sns": lambda action: action.replace("sns:", "SNS:")}
"""How these services write an action in the message of a refusal."""


@dataclass(frozen=True)
class Caller:
    """The session of a role, or a service on behalf of the resource source_arn."""

    account: str
    arn: str
    role: str | None = None
    service: str | None = None
    source_arn: str | None = None

    def request(self, call: calls.Call, needed: calls.Needed) -> Request:
        names = frozenset(filter(None, (self.arn, self.role, self.service)))
        context = {
            **CONTEXT,
            "aws:principalarn": self.role,
            "aws:principalaccount": self.account if self.role else None,
            "aws:principalservicename": self.service,
            "aws:sourcearn": self.source_arn,
            "aws:sourceaccount": self.account if self.service else None,
            "aws:sourceowner": self.account if self.service else None,
            **needed.context,
        }
        return Request(needed.action, needed.resource, self.account, names, context)


def caller_of(context: Any) -> Caller | None:
    """None: the account's administrator (the launcher, CloudFormation, LocalStack itself). A key of a session that this
    LocalStack has not made, such as one from before its restart, is refused.
    """
    signed = context.request.args.get("X-Amz-Credential")  # in a presigned URL
    key = signed.split("/")[0] if signed else extract_access_key_id_from_auth_header(context.request.headers) or ""
    if key.startswith(SESSION_KEYS):
        account = get_account_id_from_access_key_id(key)
        session = resources.session(account, key)
        if not session:
            raise unknown_session(context)
        deploys = session.role_arn.rsplit("/", 1)[-1].startswith(DEPLOYERS)
        return None if deploys else Caller(account, session.arn, role=session.role_arn)
    internal = context.internal_request_params or {}
    if service := internal.get("service_principal"):
        name = service if "." in service else f"{service}.amazonaws.com"
        source = internal.get("source_arn")
        return Caller(context.account_id, source or name, service=name, source_arn=source)
    return None


def unknown_session(context: Any) -> CommonServiceException:
    """In the form of the service's protocol."""
    if context.service.service_name == "s3":
        message = "The AWS Access Key Id you provided does not exist in our records."
        return CommonServiceException("InvalidAccessKeyId", message, 403, sender_fault=True)
    json = context.protocol == "json"
    code, status = ("UnrecognizedClientException", 400) if json else ("InvalidClientTokenId", 403)
    return CommonServiceException(code, "The security token included in the request is invalid.", status, True)


def decisions(caller: Caller, call: calls.Call) -> Iterator[Decision]:
    """Raises Unknown if the call has no row in the table."""
    needed = calls.needed_for(call)
    if needed is None:
        raise Unknown(f"no row for this operation in {calls.__name__}")
    for one in needed:
        identity = resources.identity_policies(caller.role) if caller.role else None
        yield Decision(caller.request(call, one), identity, one.policy)


def refusal(context: Any, action: str, message: str) -> CommonServiceException:
    """In the form of the service's protocol: some have names of their own."""
    service, protocol = context.service.service_name, context.protocol
    code, status = "AccessDenied", 403
    if service == "sns":
        code, status = ("KMSAccessDenied", 400) if action.startswith("kms:") else ("AuthorizationError", 403)
    elif protocol in ("json", "rest-json") and service != "sqs":
        code, status = "AccessDeniedException", 403 if protocol == "rest-json" else 400
    return CommonServiceException(code, message, status, sender_fault=True)


class Enforcer:
    """A handler of LocalStack's gateway."""

    def __init__(self, record: Record | None) -> None:
        self.record = record

    def __call__(self, chain: Any, context: Any, response: Any) -> None:
        if not context.service or not context.operation:
            return
        caller = caller_of(context)
        if not caller:
            return
        service, operation = context.service.service_name, context.operation.name
        call = calls.Call(service, operation, context.region, context.account_id, context.service_request or {})
        action, resource = f"{ACTION_PREFIX.get(service, service)}:{operation}", "*"
        try:
            for decision in decisions(caller, call):
                action, resource = decision.request.action, decision.request.resource
                why = decision.refusal()
                if self.record:
                    self.record.add(decision, why)
                if why:
                    who = "User" if caller.role else "Resource" if caller.source_arn else "Service"
                    shown = f'"{resource}"' if service == "s3" else resource
                    message = f"{who}: {caller.arn} is not authorized to perform: {action} on resource: {shown} {why}"
                    LOG.warning("denied: %s", message)
                    raise refusal(context, action, message.replace(action, SPELLED.get(service, str)(action)))
        except Unknown as e:
            message = f"localaws cannot decide about {action} on {resource} by {caller.arn}: {e}"
            LOG.error("%s", message)
            raise refusal(context, action, message) from e


def _record() -> Record | None:
    name = f"{settings.STATE.parent.name}-{os.getpid()}.jsonl"
    return Record(settings.IAM_RECORD / name) if settings.IAM_RECORD else None


def install() -> None:
    """Enforces from now on, unless the settings say otherwise."""
    if settings.IAM == "on":
        handlers.serve_custom_service_request_handlers.append(Enforcer(_record()))


def end() -> None:
    """Records which policies there are."""
    if record := _record():
        record.end(resources.all_policies())
