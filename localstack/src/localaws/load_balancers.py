"""Load balancers that forward nothing: their host name is this machine, where their targets listen on their own ports.

A listener whose port differs from its targets' port would not reach them, and is refused.
"""

from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.services.moto import call_moto
from moto.elbv2.models import elbv2_backends

HOST = "127.0.0.1"


class LoadBalancers:
    """The operations that return a load balancer's name or need to reach its targets. All others are moto's."""

    def create_load_balancer(self, context: RequestContext, request: dict[str, Any]) -> Any:
        return with_local_address(call_moto(context))

    def describe_load_balancers(self, context: RequestContext, request: dict[str, Any]) -> Any:
        return with_local_address(call_moto(context))

    def create_listener(self, context: RequestContext, request: dict[str, Any]) -> Any:
        groups = elbv2_backends[context.account_id][context.region].target_groups
        for action in request.get("DefaultActions") or []:
            group = groups.get(action.get("TargetGroupArn"))
            if group and str(group.port) != str(request.get("Port")):
                raise CommonServiceException(
                    "ValidationError",
                    f"Listener port {request.get('Port')} is not its target group's port {group.port}: "
                    "localaws does not forward connections, so the two must be equal",
                    400,
                )
        return call_moto(context)


def with_local_address(result: dict[str, Any]) -> dict[str, Any]:
    for balancer in result.get("LoadBalancers") or []:
        balancer["DNSName"] = HOST
    return result
