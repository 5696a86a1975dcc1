"""A usage plan's throttle and quota are ignored by the gateway: no caller ever gets a 429. GetUsage, which tells what
each key has used, does not exist.

Not needed once `ApiKeyValidationHandler` loses its "TODO We currently do not support rate limiting or quota limit" and
`ApigatewayProvider` has a `get_usage` of its own.
"""

import threading
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

from localstack.aws.api import RequestContext, handler
from localstack.services.apigateway.legacy.provider import ApigatewayProvider
from localstack.services.apigateway.next_gen.execute_api import gateway, gateway_response, handlers, moto_helpers


class Bucket:
    """A token bucket that is refilled at `rate` tokens per second up to `burst`."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst, self.tokens, self.at = rate, burst, burst, time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


def period_start(period: str, today: date) -> date:
    if period == "MONTH":
        return today.replace(day=1)
    return today - timedelta(days=today.weekday() if period == "WEEK" else 0)


class UsagePlanLimits:
    """A request handler that runs after the API key has been validated. Thread-safe."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.buckets: dict[tuple[str, str], Bucket] = {}
        self.used: dict[tuple[str, str, date], int] = {}  # by plan, key and the first day of the period
        self.by_day: dict[tuple[str, str, date], int] = {}  # requests that were let through

    def __call__(self, chain: Any, context: Any, response: Any) -> None:
        key = context.context_variables["identity"].get("apiKeyId")
        if not key or not context.resource_method.get("apiKeyRequired"):
            return
        where = {"account_id": context.account_id, "region_name": context.region}
        for plan in moto_helpers.get_usage_plans(**where):
            stages = [(stage.get("apiId"), stage.get("stage")) for stage in plan.get("apiStages") or []]
            if (context.api_id, context.stage) not in stages:
                continue
            if any(k["id"] == key for k in moto_helpers.get_usage_plan_keys(usage_plan_id=plan["id"], **where)):
                with self.lock:
                    self._throttle(plan["id"], key, plan.get("throttle") or {})
                    self._count(plan["id"], key, plan.get("quota") or {})
                    day = plan["id"], key, datetime.now(UTC).date()
                    self.by_day[day] = self.by_day.get(day, 0) + 1

    def _throttle(self, plan: str, key: str, throttle: dict[str, Any]) -> None:
        if not throttle.get("rateLimit"):
            return
        rate, burst = float(throttle["rateLimit"]), float(throttle.get("burstLimit") or 1)
        bucket = self.buckets.get((plan, key))
        if bucket is None or (bucket.rate, bucket.burst) != (rate, burst):
            bucket = self.buckets[plan, key] = Bucket(rate, burst)
        if not bucket.take():
            raise gateway_response.ThrottledError("Too Many Requests")

    def _count(self, plan: str, key: str, quota: dict[str, Any]) -> None:
        if not quota.get("limit"):
            return
        counter = plan, key, period_start(quota.get("period") or "DAY", datetime.now(UTC).date())
        if self.used.get(counter, int(quota.get("offset") or 0)) >= int(quota["limit"]):
            raise gateway_response.QuotaExceededError("Limit Exceeded")
        self.used[counter] = self.used.get(counter, int(quota.get("offset") or 0)) + 1

    def usage(self, plan: str, start: date, end: date) -> dict[str, list[list[int]]]:
        """[used, remaining] for each key that made requests, and each day from start to end."""
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        with self.lock:
            keys = {key for of_plan, key, _ in self.by_day if of_plan == plan}
            return {key: [[self.by_day.get((plan, key, day), 0), 0] for day in days] for key in keys}


def apply() -> None:
    original, limits = gateway.RestApiGateway.__init__, UsagePlanLimits()

    @handler("GetUsage", expand=False)
    def get_usage(self: ApigatewayProvider, context: RequestContext, request: Any) -> Any:
        start, end = request["startDate"], request["endDate"]
        items = limits.usage(request["usagePlanId"], date.fromisoformat(start), date.fromisoformat(end))
        return {"usagePlanId": request["usagePlanId"], "startDate": start, "endDate": end, "items": items}

    ApigatewayProvider.get_usage = get_usage

    def __init__(self: gateway.RestApiGateway) -> None:
        original(self)
        after = self.request_handlers.index(handlers.api_key_validation_handler) + 1
        self.request_handlers.insert(after, limits)

    gateway.RestApiGateway.__init__ = __init__
