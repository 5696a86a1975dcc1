"""A service that LocalStack community lacks: operations go to moto, except those that a delegate implements."""

from typing import Any

from botocore import xform_name
from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.services.moto import call_moto
from localstack.services.plugins import Service


def moto_backed_service(name: str, delegate: object) -> Service:
    specification = load_service(name)

    def handler(operation: str) -> Any:
        own = getattr(delegate, xform_name(operation), None)
        if own:
            return lambda context, request: own(context, request or {})
        return lambda context, request: call_moto(context)

    table = {operation: handler(operation) for operation in specification.operation_names}
    return Service(name=name, skeleton=Skeleton(specification, table))
