"""Whether AWS lets a request through, by the policies of its caller and of its resource. Pure, like policies.py."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from localaws.iam.policies import Policy, Request, Says, say

OWN_POLICY_DECIDES = ("kms:", "sts:AssumeRole")
"""What an identity policy cannot allow unless the resource's own policy leaves the decision to the account."""

CONTEXT: Mapping[str, str | None] = dict.fromkeys(
    (
        *("aws:principalarn", "aws:principalaccount", "aws:principalservicename"),
        *("aws:sourcearn", "aws:sourceaccount", "aws:sourceowner"),
        *("kms:viaservice", "s3:prefix", "s3:delimiter", "s3:if-none-match", "ecs:cluster", "iam:passedtoservice"),
        *("events:source", "events:detail-type"),
    )
) | {
    "aws:securetransport": "true",  # plain HTTP, but only on this machine
    "aws:viaawsservice": "false",
}
"""Every condition key that has a meaning here; those that the caller or the call has not set are absent."""


@dataclass(frozen=True)
class Decision:
    """A request with all policies that it depends on. A service has no identity policies, so None."""

    request: Request
    identity: tuple[Policy, ...] | None
    of_resource: Policy | None

    def policies(self) -> tuple[Policy, ...]:
        return (*(self.identity or ()), *([self.of_resource] if self.of_resource else ()))

    def with_policy(self, former: Policy, policy: Policy) -> "Decision":
        """The same request, with another policy in place of one."""
        identity = self.identity and tuple(policy if p is former else p for p in self.identity)
        return replace(self, identity=identity, of_resource=policy if self.of_resource is former else self.of_resource)

    def refusal(self) -> str | None:
        """Why AWS would refuse, as the end of its message; None if it would not."""
        action = self.request.action
        by_identity = say(self.identity or (), self.request)
        by_resource = say([self.of_resource] if self.of_resource else (), self.request)
        if Says.DENY in by_identity:
            return "with an explicit deny in an identity-based policy"
        if Says.DENY in by_resource:
            return "with an explicit deny in a resource-based policy"
        if Says.ALLOW in by_resource:
            return None
        left_to_account = Says.DELEGATE in by_resource or not action.startswith(OWN_POLICY_DECIDES)
        if Says.ALLOW in by_identity and left_to_account:
            return None
        kind = "identity-based" if self.identity is not None and left_to_account else "resource-based"
        return f"because no {kind} policy allows the {action} action"
