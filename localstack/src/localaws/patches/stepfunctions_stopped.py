"""A stopped execution goes on until the function that it has called answers, and has failed if that fails. AWS aborts
it at once, whatever its functions still do.

Not needed once an execution that is stopped while its function runs is ABORTED before the function answers.
"""

import threading
import time
from typing import Any

from localstack.services.stepfunctions.asl.component.eval_component import EvalComponent
from localstack.services.stepfunctions.asl.component.program.program import Program
from localstack.services.stepfunctions.asl.eval.environment import Environment
from localstack.services.stepfunctions.asl.eval.program_state import ProgramStopped
from localstack.utils.threads import TMP_THREADS

LOOK_SECONDS = 0.1


def await_end(worker: threading.Thread, env: Environment, seconds: float | None) -> None:
    """Like LocalStack's own time limit, it leaves the worker behind, which finds out by the environment."""
    begin = time.monotonic()
    while worker.is_alive() and not isinstance(env.program_state(), ProgramStopped):
        if seconds is not None and time.monotonic() - begin > seconds:
            env.set_timed_out()
            return
        worker.join(LOOK_SECONDS)


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
