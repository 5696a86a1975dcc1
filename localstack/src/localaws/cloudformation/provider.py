"""The provider that implements a resource type as described by its row."""

from typing import Any

from localstack.services.cloudformation import provider_utils
from localstack.services.cloudformation.resource_provider import (
    CloudFormationResourceProviderPlugin,
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
)

from localaws.cloudformation.rows import Row


def dig(value: Any, path: str) -> Any:
    for part in path.split("."):
        value = value[int(part)] if part.isdigit() else value[part]
    return value


class RowProvider(ResourceProvider):
    """Creates, updates and deletes resources as described by its row."""

    row: Row

    def create(self, request: Any) -> ProgressEvent:
        row, model = self.row, request.desired_state
        if request.custom_context.get("called"):
            return self._progress(request)
        if row.name and not model.get(row.name):
            name = provider_utils.generate_default_name(request.stack_name, request.logical_resource_id)
            # RDS lower-cases its identifiers; the random part of a name is at its end
            model[row.name] = name.lower()[-row.name_characters :].strip("-")
        parameters = row.arguments({row.rename.get(k, k): v for k, v in model.items()})
        result = getattr(self._client(request), row.create)(**parameters)
        for name, path in row.results.items():
            outer, _, inner = name.partition(".")
            if inner:
                model.setdefault(outer, {})[inner] = str(dig(result, path))
            else:
                model[outer] = dig(result, path)
        return self._progress(request)

    def update(self, request: Any) -> ProgressEvent:
        row, model, old = self.row, request.desired_state, request.previous_state or {}
        if request.custom_context.get("called"):
            return self._progress(request)
        derived = row.derived(old) if row.derived else {}
        made = {row.id, row.name, *(name.split(".")[0] for name in row.results), *derived}
        model |= {k: v for k, v in old.items() if k in made and k not in model}
        ignored = sorted(k for k in model if model[k] != old.get(k) and k not in (*row.update_parameters, "Tags"))
        if ignored:
            reason = f"localaws cannot update {', '.join(ignored)} of {row.type}"
            return ProgressEvent(OperationStatus.FAILED, resource_model=model, message=reason)
        if row.update:
            arguments = {row.rename.get(p, p): model[p] for p in row.update_parameters if model.get(p) is not None}
            getattr(self._client(request), row.update)(**row.arguments(arguments))
        return self._progress(request)

    def delete(self, request: Any) -> ProgressEvent:
        row, model = self.row, request.desired_state
        arguments = {
            a: [model[p.strip("[]")]] if p.startswith("[") else model[p] for a, p in row.delete_arguments.items()
        } or row.arguments(model)
        getattr(self._client(request), row.delete)(**arguments, **row.delete_fixed)
        return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)

    def read(self, request: Any) -> ProgressEvent:
        return ProgressEvent(OperationStatus.SUCCESS, resource_model=request.desired_state)

    def _progress(self, request: Any) -> ProgressEvent:
        row, model = self.row, request.desired_state
        if row.derived:
            model |= row.derived(model)
        ready = row.ready(self._client(request), model) if row.ready else True
        if isinstance(ready, str):
            return ProgressEvent(OperationStatus.FAILED, resource_model=model, message=ready)
        status = OperationStatus.SUCCESS if ready else OperationStatus.IN_PROGRESS
        return ProgressEvent(status, resource_model=model, custom_context={"called": True})

    def _client(self, request: Any) -> Any:
        return getattr(request.aws_client_factory, self.row.service)


def plugin(row: Row) -> type[CloudFormationResourceProviderPlugin]:
    name = row.type.replace("::", "_")
    schema = {
        "typeName": row.type,
        "primaryIdentifier": [f"/properties/{row.id}"],
        "createOnlyProperties": [f"/properties/{p}" for p in row.create_only],
    }
    provider = type(name, (RowProvider,), {"row": row, "TYPE": row.type, "SCHEMA": schema})
    return type(
        f"{name}Plugin",
        (CloudFormationResourceProviderPlugin,),
        {"name": row.type, "load": lambda self: setattr(self, "factory", provider)},
    )
