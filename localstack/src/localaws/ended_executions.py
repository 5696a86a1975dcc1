"""The executions of state machines that end with LocalStack, which has them in memory only.

When LocalStack is stopped, those that run are written to the file `ended-executions.json` in its state, for whoever
has stopped it; its next start deletes the file.
"""

import json
import sys
from typing import Any

from localaws import durable, settings

FILE = settings.STATE / "ended-executions.json"
STORE = "localstack.services.stepfunctions.backend.store"


def keep() -> None:
    """Writes down those that run now, if there are any."""
    if found := running():
        durable.write(FILE, json.dumps({"executions": found}).encode())


def forget() -> None:
    durable.remove(FILE)


def running() -> list[dict[str, str]]:
    module = sys.modules.get(STORE)  # loading it takes time, and without it nothing runs
    stores = module.sfn_stores.iter_stores() if module else ()
    executions = [execution for _, _, store in stores for execution in store.executions.values()]
    return [described(execution) for execution in executions if execution.exec_status == "RUNNING"]


def described(execution: Any) -> dict[str, str]:
    """The state is the one that it has entered last; empty before the first."""
    known = execution.to_describe_output()
    entered = [event.get("stateEnteredEventDetails") for event in execution.to_history_output()["events"]]
    return {
        "stateMachineArn": known["stateMachineArn"],
        "name": known["name"],
        "startDate": known["startDate"].isoformat(),
        "input": known["input"],
        "state": next((details["name"] for details in reversed(entered) if details), ""),
    }
