"""The entry points named in pyproject.toml. Imports are local: plux loads this module while LocalStack boots."""

import logging
from typing import Any

from localstack.runtime import hooks
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.plugins import Service, aws_provider


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    name = "process"

    def load(self, *args: Any, **kwargs: Any) -> type:
        from localaws.lambda_process.executor import ProcessExecutor

        return ProcessExecutor


@aws_provider()
def ecs() -> Service:
    from localaws.dispatch import moto_backed_service
    from localaws.ecs.provider import EcsProvider

    return moto_backed_service("ecs", EcsProvider())


@aws_provider()
def elbv2() -> Service:
    from localaws.dispatch import moto_backed_service
    from localaws.load_balancers import LoadBalancers

    return moto_backed_service("elbv2", LoadBalancers())


@aws_provider()
def rds() -> Service:
    from localaws.dispatch import moto_backed_service
    from localaws.rds.provider import RdsProvider

    return moto_backed_service("rds", RdsProvider())


@hooks.on_infra_start()
def localaws_start() -> None:
    from localaws import (
        ended_executions,
        injected_failures,
        kept_secrets,
        patches,
        processes,
        retention,
        settings,
    )
    from localaws.iam import gateway as permissions
    from localaws.kept_objects import gateway
    from localaws.lambda_process import limit

    processes.end_orphans(settings.STATE)
    ended_executions.forget()
    patches.apply()
    gateway.install()
    kept_secrets.install()
    retention.install()
    injected_failures.install()
    limit.install()
    permissions.install()


@hooks.on_infra_ready()
def localaws_ready() -> None:
    from localaws import settings

    logging.getLogger("localaws").info("ready on %s, state in %s", settings.ENDPOINT, settings.STATE)


@hooks.on_infra_shutdown()
def localaws_stop() -> None:
    from localaws import ended_executions, processes
    from localaws.iam import gateway as permissions

    try:
        ended_executions.keep()  # before what they wait for ends, and they with it
    finally:
        permissions.end()
        processes.stop_all()
