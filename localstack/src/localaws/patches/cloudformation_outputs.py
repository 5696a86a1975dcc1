"""A stack is reported as complete shortly before its outputs and exports are set: a client that asks then finds none.

Not needed once CloudformationProviderV2.execute_change_set sets its status last.
"""

from localstack.services.cloudformation.engine.v2.change_set_model_executor import (
    ChangeSetModelExecutor,
    ChangeSetModelExecutorResult,
)


def apply() -> None:
    original = ChangeSetModelExecutor.execute

    def execute(self: ChangeSetModelExecutor) -> ChangeSetModelExecutorResult:
        result, stack = original(self), self._change_set.stack
        if not result.failure_message:
            stack.resolved_outputs = result.outputs
            stack.resolved_exports = {
                output["ExportName"]: output["OutputValue"] for output in result.outputs if output.get("ExportName")
            }
        return result

    ChangeSetModelExecutor.execute = execute
