"""For a stopped execution, DescribeExecution does not return the error and cause that were passed to StopExecution; for
one that timed out, it does not return the error States.Timeout.

Not needed once BaseExecutionWorkerCommunication._reflect_execution_status sets them.
"""

from localstack.services.stepfunctions.asl.eval.program_state import ProgramStopped, ProgramTimedOut
from localstack.services.stepfunctions.backend.execution import BaseExecutionWorkerCommunication


def apply() -> None:
    original = BaseExecutionWorkerCommunication._reflect_execution_status

    def _reflect_execution_status(self: BaseExecutionWorkerCommunication) -> None:
        original(self)
        end = self.execution.exec_worker.env.program_state()
        if isinstance(end, ProgramStopped):
            self.execution.error, self.execution.cause = end.error, end.cause
        elif isinstance(end, ProgramTimedOut):
            self.execution.error = "States.Timeout"

    BaseExecutionWorkerCommunication._reflect_execution_status = _reflect_execution_status
