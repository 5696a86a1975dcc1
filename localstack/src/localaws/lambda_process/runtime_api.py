"""The AWS Lambda Runtime API (2018-06-01) for one execution environment.

GET  /runtime/invocation/next                      long poll, returns one invocation
POST /runtime/invocation/<id>/{response,error}     its result
POST /runtime/init/error                           the handler could not be loaded

A response is one send() with TCP_NODELAY: the separate writes of http.server cost a 40 ms delayed-ACK stall.
"""

import contextlib
import queue
import socket
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

PREFIX = "/2018-06-01/runtime"
JSON = {"Content-Type": "application/json"}


class RuntimeApi:
    def __init__(
        self,
        on_ready: Callable[[], None],
        on_init_error: Callable[[bytes], None],
        on_result: Callable[[str, bytes, bool], None],
    ):
        self.on_ready, self.on_init_error, self.on_result = on_ready, on_init_error, on_result
        self.pending: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.closed = False
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=16)
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.connections: set[socket.socket] = set()
        threading.Thread(target=self._accept, name=f"lambda-api-{self.address}", daemon=True).start()

    def submit(self, invocation: dict[str, Any]) -> None:
        self.pending.put(invocation)

    def close(self) -> None:
        self.closed = True
        self.pending.put(None)
        with contextlib.suppress(OSError):  # close() alone does not wake accept()
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.drop_connections()

    def reset(self) -> None:
        """Drops the connections of a process that has ended: an invocation sent to them would be lost silently."""
        old, self.pending = self.pending, queue.Queue()
        old.put(None)
        self.drop_connections()

    def drop_connections(self) -> None:
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self.closed:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections.add(connection)
            threading.Thread(target=self._serve, args=(connection,), name="lambda-api", daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), connection, connection.makefile("rb") as stream:
            while not self.closed and (line := stream.readline(65536)):
                method, path, _ = line.decode("latin-1").split(" ", 2)
                headers: dict[str, str] = {}
                while (header := stream.readline(65536)) not in (b"\r\n", b"\n", b""):
                    name, _, value = header.decode("latin-1").partition(":")
                    headers[name.strip().lower()] = value.strip()
                if not self._answer(connection, f"{method} {path.split('?')[0]}", _body(stream, headers)):
                    break
        self.connections.discard(connection)

    def _answer(self, connection: socket.socket, request: str, body: bytes) -> bool:
        if request == f"GET {PREFIX}/invocation/next":
            return self._next(connection)
        if request == f"POST {PREFIX}/init/error":
            _send(connection, "202 Accepted", JSON, b'{"status":"OK"}')
            self.on_init_error(body)
            return True
        id_, _, outcome = request.removeprefix(f"POST {PREFIX}/invocation/").partition("/")
        if outcome in ("response", "error"):
            _send(connection, "202 Accepted", JSON, b'{"status":"OK"}')
            self.on_result(id_, body, outcome == "error")
        else:
            _send(connection, "404 Not Found", JSON, b"{}")
        return True

    def _next(self, connection: socket.socket) -> bool:
        pending = self.pending
        self.on_ready()
        invocation = pending.get()
        if invocation is None:
            pending.put(None)
            return False
        headers = JSON | {
            "Lambda-Runtime-Aws-Request-Id": invocation["invoke-id"],
            "Lambda-Runtime-Deadline-Ms": str(invocation["deadline-ms"]),
            "Lambda-Runtime-Invoked-Function-Arn": invocation["invoked-function-arn"],
            "Lambda-Runtime-Trace-Id": invocation.get("trace-id") or "",
        }
        try:
            _send(connection, "200 OK", headers, invocation["payload"].encode())
        except OSError:
            pending.put(invocation)  # the poller has died: leave the invocation to the next one
            return False
        return True


def _body(stream: BinaryIO, headers: dict[str, str]) -> bytes:
    if "chunked" not in headers.get("transfer-encoding", "").lower():
        return stream.read(int(headers.get("content-length") or 0))
    chunks = []
    while size := int(stream.readline().split(b";")[0].strip() or b"0", 16):
        chunks.append(stream.read(size))
        stream.readline()
    while stream.readline() not in (b"\r\n", b"\n", b""):
        pass
    return b"".join(chunks)


def _send(connection: socket.socket, status: str, headers: dict[str, str], body: bytes) -> None:
    lines = [f"HTTP/1.1 {status}", *(f"{k}: {v}" for k, v in headers.items() if v), f"Content-Length: {len(body)}"]
    connection.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
