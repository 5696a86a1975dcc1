"""The action of an alarm is called by the account's administrator, so the policies of its topic and of the topic's key
do not matter. In addition, an action that fails is an error of SetAlarmState.

Here CloudWatch calls it on behalf of the alarm, and a failure is logged.

Not needed once CloudwatchProvider gives the clients of actions a service principal.
"""

import contextvars
import functools
import logging
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError
from localstack.services.cloudwatch import provider_v2
from localstack.utils.aws import arns

LOG = logging.getLogger(__name__)
_alarm: contextvars.ContextVar[str | None] = contextvars.ContextVar("alarm", default=None)


class _Actions:
    """A client of the service that an action calls."""

    def __init__(self, client: Any) -> None:
        self.client = client.request_metadata(service_principal="cloudwatch", source_arn=_alarm.get())

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        def call(**parameters: Any) -> Any:
            try:
                return getattr(self.client, operation)(**parameters)
            except ClientError as e:
                LOG.warning("the action of %s failed: %s", _alarm.get(), e)

        return call


class _Clients:
    def __init__(self, clients: Any) -> None:
        self.clients = clients

    def __getattr__(self, service: str) -> _Actions:
        return _Actions(getattr(self.clients, service))


def apply() -> None:
    connect_to = provider_v2.connect_to
    provider = provider_v2.CloudwatchProvider

    def on_behalf(original: Callable[..., Any], name: Callable[..., str]) -> Callable[..., Any]:
        @functools.wraps(original)
        def run(self: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
            alarm = arns.cloudwatch_alarm_arn(name(*args, **kwargs), context.account_id, context.region)
            token = _alarm.set(alarm)
            try:
                return original(self, context, *args, **kwargs)
            finally:
                _alarm.reset(token)

        return run

    provider_v2.connect_to = lambda **where: _Clients(connect_to(**where))
    provider.set_alarm_state = on_behalf(provider.set_alarm_state, lambda alarm_name, *_, **__: alarm_name)
    provider._run_composite_alarm_actions = on_behalf(
        provider._run_composite_alarm_actions, lambda alarm, *_, **__: alarm.alarm["AlarmName"]
    )
