"""An error whose name begins with "States." cannot be passed on by a Fail state (ErrorPath: $.error.Error) or out of a
Map's iteration. The execution ends with States.Runtime and a cause about LocalStack, and the real cause is lost.

Not needed once CustomErrorName accepts "States.TaskFailed".
"""

from localstack.services.stepfunctions.asl.component.common.error_name.custom_error_name import CustomErrorName
from localstack.services.stepfunctions.asl.component.common.error_name.error_name import ErrorName


def unchecked(self: CustomErrorName, error_name: str | None) -> None:
    ErrorName.__init__(self, error_name=error_name)


def apply() -> None:
    CustomErrorName.__init__ = unchecked
