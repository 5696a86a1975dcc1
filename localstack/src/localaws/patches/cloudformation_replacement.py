"""LocalStack decides from the template's text whether a resource must be replaced. At each change, CDK writes an Alias
whose FunctionName is a GetAtt of a Version with a new logical id; the Alias is then created again under the same name,
which fails.

Here the resolved values decide.

Not needed once a changed function with an alias can be deployed again without this patch.
"""

from typing import Any

from localstack.services.cloudformation.engine.v2.change_set_model import is_nothing
from localstack.services.cloudformation.engine.v2.change_set_model_executor import ChangeSetModelExecutor
from localstack.services.cloudformation.resource_provider import ResourceProviderExecutor


def changes_identity(executor: ChangeSetModelExecutor, name: str, before: Any, after: Any) -> bool:
    provider = ResourceProviderExecutor.try_load_resource_provider(after.resource_type)
    if provider is None:
        return True
    written, new = before.properties.properties, after.properties.properties
    old = executor._merge_before_properties(name, before).properties
    keys = [p.removeprefix("/properties/").split("/")[0] for p in provider.SCHEMA.get("createOnlyProperties", [])]
    return any(new[k] != old.get(k) if k in new else k in written for k in keys)


def apply() -> None:
    original = ChangeSetModelExecutor._execute_resource_change

    def _execute_resource_change(self: ChangeSetModelExecutor, name: str, before: Any, after: Any) -> None:
        replaced = (
            not is_nothing(before)
            and not is_nothing(after)
            and after.requires_replacement
            and before.resource_type == after.resource_type
        )
        if replaced and not changes_identity(self, name, before, after):
            after.requires_replacement = False
        original(self, name, before, after)

    ChangeSetModelExecutor._execute_resource_change = _execute_resource_change
