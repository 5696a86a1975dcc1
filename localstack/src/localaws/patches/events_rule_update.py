"""AWS::Events::Rule cannot be updated: a changed schedule, pattern or target input is ignored.

PutRule and PutTargets are upserts, so it is enough to remove the dropped targets and create the rule again.

Not needed once EventsRuleProvider.update does not raise NotImplementedError.
"""

from typing import Any

from localstack.services.cloudformation.resource_provider import ProgressEvent
from localstack.services.events.resource_providers.aws_events_rule import EventsRuleProvider, extract_rule_name


def update(self: EventsRuleProvider, request: Any) -> ProgressEvent:
    model, old, events = request.desired_state, request.previous_state or {}, request.aws_client_factory.events
    name = model["Name"] = model.get("Name") or extract_rule_name(old["Id"])  # the generated one
    bus = {"EventBusName": model["EventBusName"]} if model.get("EventBusName") else {}
    kept = {target["Id"] for target in model.get("Targets") or []}
    gone = [t["Id"] for t in events.list_targets_by_rule(Rule=name, **bus)["Targets"] if t["Id"] not in kept]
    if gone:
        events.remove_targets(Rule=name, Ids=gone, **bus)
    return self.create(request)


def apply() -> None:
    EventsRuleProvider.update = update
