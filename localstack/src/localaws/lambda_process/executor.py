"""LocalStack's RuntimeExecutor as a host process.

The execution environment is managed in this interpreter, so LocalStack's callback endpoint, which the init process of
its container images calls, is not needed: invoke() passes the payload to the Runtime API server and waits for a future.
"""

import json
import logging
import os
import signal
import threading
import time
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path

from localstack.services.lambda_.invocation.executor_endpoint import ShutdownDuringStartup, StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion, InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from localaws import settings
from localaws.lambda_process import java
from localaws.lambda_process.output import Output
from localaws.lambda_process.runtime_api import RuntimeApi
from localaws.processes import HostProcess, base_environment

LOG = logging.getLogger(__name__)
STOP_GRACE_SECONDS = 2.0
FAULT_SECONDS = 5.0
"""How long a busy process may take to print what has failed, after it has reported that."""


def error(kind: str, message: str) -> bytes:
    return json.dumps({"errorType": kind, "errorMessage": message}).encode()


class ProcessExecutor(RuntimeExecutor):
    """One execution environment: one JVM at a time, one invocation at a time."""

    def __init__(self, id: str, function_version: FunctionVersion) -> None:
        super().__init__(id=id, function_version=function_version)
        self.process: HostProcess | None = None
        self.api: RuntimeApi | None = None
        self.environment: dict[str, str] = {}
        self.output = Output()
        self.startup: Future = Future()
        self.result: Future = Future()
        self.request_id: str | None = None
        self.init_ms: float | None = None
        self.death: bytes | None = None  # the answer to give once the current process has ended
        self.stopping = False
        self.idle = threading.Event()  # it asks for the next invocation, or has ended
        self.lock = threading.Lock()

    # life cycle
    def start(self, env_vars: dict[str, str]) -> None:
        self.function_version.config.code.prepare_for_execution()
        self.code = Path(self.function_version.config.code.get_unzipped_code_location())
        self.api = RuntimeApi(self._ready, self._init_failed, self._answered)
        self.environment = {
            **base_environment(),
            "LANG": "en_US.UTF-8",
            "AWS_ENDPOINT_URL_S3": settings.ENDPOINT,  # an IP address: path style
            **{name: str(value) for name, value in env_vars.items() if value is not None},
            "JAVA_HOME": settings.JAVA_HOME,
            "TZ": "UTC",
            "LAMBDA_TASK_ROOT": str(self.code),
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{self.function_version.config.runtime}",
            "AWS_LAMBDA_RUNTIME_API": self.api.address,
        }
        begin = time.perf_counter()
        self._spawn()
        try:
            self.startup.result()
        except CancelledError as e:
            raise ShutdownDuringStartup("the executor was stopped while its process started") from e
        self.init_ms = (time.perf_counter() - begin) * 1000

    def _spawn(self) -> None:
        with self.lock:
            if self.stopping:
                raise ShutdownDuringStartup("the executor was stopped before its process started")
            self.startup, self.death = Future(), None
            self.api.reset()
            writer = self.output.open()
            try:
                self.process = HostProcess(
                    java.command(self.function_version, self.code),
                    environment=self.environment,
                    directory=self.code,
                    output=writer,
                    on_exit=self._ended,
                    stop_signal=signal.SIGTERM,
                )
            finally:
                os.close(writer)

    def _ready(self) -> None:
        self.idle.set()
        if not self.startup.done():
            self.startup.set_result(True)

    def _init_failed(self, body: bytes) -> None:
        if not self.startup.done():
            self.startup.set_exception(StatusErrorException("Environment startup failed", payload=body))

    def _answered(self, request_id: str, body: bytes, is_error: bool) -> None:
        if request_id == self.request_id and not self.result.done():
            self.result.set_result((body, is_error))

    def _ended(self, process: HostProcess, code: int) -> None:
        status = f"exit status {code}" if code >= 0 else f"signal: {signal.Signals(-code).name.lower()}"
        message = f"RequestId: {self.request_id or self.id} Error: Runtime exited with error: {status}"
        body = error("Runtime.ExitError", message)
        with self.lock:  # wait until _spawn has set the current process
            if process is not self.process:
                return
            self.death = body
        if self.stopping:
            self.startup.cancel()
        else:
            self._init_failed(body)
        if self.request_id and not self.result.done():
            self.result.set_result((body, True))
        self.idle.set()

    def stop(self) -> None:
        with self.lock:
            self.stopping = True
        if self.process:
            self.process.stop(STOP_GRACE_SECONDS if self.startup.done() else 0)
        self.startup.cancel()
        self.result.cancel()
        if self.api:
            self.api.close()

    # invocation
    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        timeout = int(self.function_version.config.timeout)
        request_id = payload["invoke-id"]
        begin = time.perf_counter()
        try:
            if not self.process.running():  # the last invocation timed out, or the process was killed
                LOG.info("function %s: its JVM has ended, starting another", self.function_version.id.function_name)
                self._spawn()
                self.startup.result(timeout=timeout)
            self.request_id, self.result = request_id, Future()
            if self.death and not self.result.done():  # the process has ended since the check above
                self.result.set_result((self.death, True))
            self.idle.clear()
            self.api.submit({**payload, "deadline-ms": int((time.time() + timeout) * 1000)})
            body, is_error = self.result.result(timeout=timeout)
            if is_error and not self.death:
                self.idle.wait(FAULT_SECONDS)  # AWS's runtime prints an exception's trace after its report
        except StatusErrorException as e:
            body, is_error = e.payload, True
        except FutureTimeout:
            self.process.stop(0)
            reason = f"Task timed out after {timeout:.2f} seconds"
            self.output.write(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {request_id} {reason}\n\n")
            body, is_error = error("Sandbox.Timedout", f"RequestId: {request_id} Error: {reason}"), True
        self.request_id = None
        logs = self._log(request_id, (time.perf_counter() - begin) * 1000)
        return InvocationResult(payload["invoke-id"], body, is_error=is_error, logs=logs)

    def _log(self, request_id: str, ms: float) -> str:
        init, self.init_ms = f"\tInit Duration: {self.init_ms:.2f} ms" if self.init_ms else "", None
        return (
            f"START RequestId: {request_id} Version: {self.function_version.id.qualifier}\n{self.output.take()}"
            f"END RequestId: {request_id}\nREPORT RequestId: {request_id}\tDuration: {ms:.2f} ms\t"
            f"Billed Duration: {int(ms) + 1} ms\tMemory Size: {self.function_version.config.memory_size} MB\t"
            f"Max Memory Used: {self._peak_mb()} MB{init}\n"
        )

    def _peak_mb(self) -> int:
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return 0
        return next((int(x.split()[1]) // 1024 for x in status.splitlines() if x.startswith("VmHWM:")), 0)

    def get_logs(self) -> str:
        return self.output.everything.decode("utf-8", "replace")

    # addresses and class hooks
    def get_address(self) -> str:
        return settings.HOST

    def get_endpoint_from_executor(self) -> str:
        return settings.HOST  # in the function's AWS_ENDPOINT_URL

    def get_runtime_endpoint(self) -> str:
        return f"http://{settings.HOST}"  # for the init process of LocalStack's images; unused here

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        for part in (function_version.config, *(function_version.config.layers or [])):
            if part.code:
                part.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """LocalStack itself removes the unzipped code."""

    @classmethod
    def validate_environment(cls) -> bool:
        """A missing prerequisite is reported when a function starts."""
        return True
