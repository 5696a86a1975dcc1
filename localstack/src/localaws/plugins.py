"""Entry points, named in pyproject.toml. Import-light: plux loads this module while LocalStack boots."""

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
def rds() -> Service:
    from localaws.dispatch import moto_backed_service
    from localaws.rds.provider import RdsProvider

    return moto_backed_service("rds", RdsProvider())


@hooks.on_infra_start()
def localaws_start() -> None:
    from localaws import keeping, kept_secrets, patches
    from localaws.kept_objects import gateway

    patches.apply()
    gateway.install()
    kept_secrets.install()
    keeping.install()


@hooks.on_infra_ready()
def localaws_ready() -> None:
    from localaws import settings

    logging.getLogger("localaws").info("ready on %s, state in %s", settings.ENDPOINT, settings.STATE)


@hooks.on_infra_shutdown()
def localaws_stop() -> None:
    from localaws import processes

    processes.stop_all()
