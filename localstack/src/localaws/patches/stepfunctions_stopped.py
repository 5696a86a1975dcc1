"""A stopped execution continues until the function that it has called returns, and ends as failed if that function
fails. AWS aborts it immediately, even while its functions still run.

Not needed once an execution that is stopped while its function runs is ABORTED before the function returns.
"""

import threading
import time
from typing import Any

from localstack.services.stepfunctions.asl.component.eval_component import EvalComponent
from localstack.services.stepfunctions.asl.component.program.program import Program
from localstack.services.stepfunctions.asl.eval.environment import Environment
from localstack.services.stepfunctions.asl.eval.program_state import ProgramStopped
from localstack.utils.threads import TMP_THREADS

POLL_SECONDS = 0.1


def await_end(worker: threading.Thread, env: Environment, seconds: float | None) -> None:
    """Returns when the execution ends. As with LocalStack's own time limit, the worker may still run; it learns of the
    end from the environment.
    """
    begin = time.monotonic()
    while worker.is_alive() and not isinstance(env.program_state(), ProgramStopped):
        if seconds is not None and time.monotonic() - begin > seconds:
            env.set_timed_out()
            return
        worker.join(POLL_SECONDS)


def apply() -> None:
    set_error = Environment.set_error

    def eval_program(self: Program, env: Environment) -> None:
        env.next_state_name = self.start_at.start_at_name
        worker = threading.Thread(target=EvalComponent.eval, args=(self, env), daemon=True)
        TMP_THREADS.append(worker)
        worker.start()
        await_end(worker, env, self.timeout_seconds.timeout_seconds if self.timeout_seconds else None)

    def set_error_of_running(self: Environment, error: Any) -> None:
        if not isinstance(self.program_state(), ProgramStopped):
            set_error(self, error)

    Program.eval = eval_program
    Environment.set_error = set_error_of_running
