"""Load balancers without a balancer: the name of each is this machine, where its targets listen on their own ports.

A listener whose port is not its targets' port would lead nowhere: it is refused.
"""

from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.services.moto import call_moto
from moto.elbv2.models import elbv2_backends

HOST = "127.0.0.1"


class LoadBalancers:
    """The operations that give a load balancer's name or need a way to its targets. All others are moto's."""

    def create_load_balancer(self, context: RequestContext, request: dict[str, Any]) -> Any:
        return here(call_moto(context))

    def describe_load_balancers(self, context: RequestContext, request: dict[str, Any]) -> Any:
        return here(call_moto(context))

    def create_listener(self, context: RequestContext, request: dict[str, Any]) -> Any:
        groups = elbv2_backends[context.account_id][context.region].target_groups
        for action in request.get("DefaultActions") or []:
            group = groups.get(action.get("TargetGroupArn"))
            if group and str(group.port) != str(request.get("Port")):
                raise CommonServiceException(
                    "ValidationError",
                    f"Listener port {request.get('Port')} is not its target group's port {group.port}: "
                    "localaws forwards nothing",
                    400,
                )
        return call_moto(context)


def here(result: dict[str, Any]) -> dict[str, Any]:
    for balancer in result.get("LoadBalancers") or []:
        balancer["DNSName"] = HOST
    return result
