"""MLflow's server behind the API: its static files, its first page, and its refusals of its own login.

API Gateway says in the header X-Vowcheck-Access by which of the API's ways a request came: `static-files` needed no
login and carries no credentials, `operators` has passed the authorizer and carries MLflow's own. A client cannot choose
the header's value, because API Gateway sets it. Programs within the network send none.
"""

import json
import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

ACCESS_HEADER = "x-vowcheck-access"
STATIC_FILES, OPERATORS = "static-files", "operators"

READING = ("GET", "HEAD")
HASHED = re.compile(r"\.[0-9a-f]{8,32}\.")
"""In the name of a file that never changes: with other content it would have another name."""

FOREVER, ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"

SAFE = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN"}
"""As MLflow's own answers."""

PAGES = ".html"
"""Without a login there is nothing to open, only what MLflow's own page loads. MLflow's renderer of traces in notebooks
is a page that runs what other windows send it."""

LANDING = """<script>{
const at = new URL(location.href)
if (!localStorage.getItem("mlflow.workflowType_v1"))
  localStorage.setItem("mlflow.workflowType_v1", '"machine_learning"')
if (at.hash.length < 2)
  at.hash = %s
if (at.pathname.endsWith("/")) {
  history.replaceState(null, "", at)
} else {
  at.pathname += "/"  // the page's links are relative
  location.replace(at)
}
}</script>"""
"""Ahead of MLflow's own script, which would show its page about language models to anyone who comes without a hash."""


def create_app() -> App:
    """The factory that uvicorn calls; `start` puts it in the place of MLflow's."""
    import mlflow.server
    from mlflow.server.auth import create_app as mlflows_own

    return Pages(
        mlflows_own(),
        os.environ["MLFLOW_STATIC_PREFIX"].rstrip("/"),
        Path(mlflow.server.app.static_folder),
        os.environ.get("LANDING_EXPERIMENT", ""),
    )


class Pages:
    def __init__(self, app: App, prefix: str, folder: Path, experiment: str) -> None:
        self.app, self.prefix, self.experiment = app, prefix, experiment
        self.static = StaticFiles(directory=folder)
        found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != PAGES)
        self.files = {f"{prefix}/static-files/{path.relative_to(folder).as_posix()}".encode(): path for path in found}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["raw_path"].partition(b"?")[0]
        access = Headers(scope=scope).getlist(ACCESS_HEADER)
        if OPERATORS in access:
            send = own_login_is_no_question(send)
        if STATIC_FILES in access or path.startswith(f"{self.prefix}/static-files/".encode()):
            await self.static_file(scope, path)(scope, receive, send)
        elif scope["method"] in READING and path in (self.prefix.encode(), f"{self.prefix}/".encode()):
            await self.first_page(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def static_file(self, scope: Scope, path: bytes) -> Response:
        """Compares the path as it was sent with the files that MLflow has: nothing is decoded or resolved, so that no
        spelling leads anywhere else."""
        if scope["method"] not in READING:
            return Response(status_code=405, headers={"Allow": ", ".join(READING)})
        file = self.files.get(path)
        if file is None:
            return Response(status_code=404, headers={"Cache-Control": ASK_AGAIN})
        answer = self.static.file_response(file, file.stat(), scope)
        answer.headers["Cache-Control"] = FOREVER if HASHED.search(file.name) else ASK_AGAIN
        answer.headers.update(SAFE)
        return answer

    async def first_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """MLflow's page, which goes to the experiment's runs unless its address says where to go."""
        answer = await ask(self.app, scope, f"{self.prefix}/")
        if answer.status_code == 200:
            script = LANDING % json.dumps(await self.landing(scope)).replace("<", "\\u003c")
            answer = Response(
                answer.body.replace(b"<head>", b"<head>" + script.encode(), 1),
                media_type="text/html",
                headers={"Cache-Control": ASK_AGAIN, **SAFE},
            )
        await answer(scope, receive, send)

    async def landing(self, scope: Scope) -> str:
        query = urlencode({"experiment_name": self.experiment})
        answer = await ask(self.app, scope, f"{self.prefix}/api/2.0/mlflow/experiments/get-by-name", query)
        found = json.loads(answer.body)["experiment"] if answer.status_code == 200 else {}
        place = f"/{found['experiment_id']}" if found.get("lifecycle_stage") == "active" else ""
        return f"#/experiments{place}?workflowType=machine_learning"


def own_login_is_no_question(send: Send) -> Send:
    """Turns MLflow's 401 into 503: the operator is who they say, and their browser must not ask them again. API Gateway
    has a login of MLflow that was changed, and gets the new one within a minute."""
    refused = False

    async def answer(message: Message) -> None:
        nonlocal refused
        if message["type"] == "http.response.start" and message["status"] == 401:
            refused = True
            problem = JSONResponse(
                {
                    "type": "about:blank",
                    "title": "Service Unavailable",
                    "status": 503,
                    "detail": "MLflow refuses the login that it is called with: try again in a minute",
                },
                503,
                {"Retry-After": "60"},
                "application/problem+json",
            )
            await send({"type": "http.response.start", "status": 503, "headers": problem.raw_headers})
            await send({"type": "http.response.body", "body": problem.body})
        elif not refused:
            await send(message)

    return answer


async def ask(app: App, scope: Scope, path: str, query: str = "") -> Response:
    """Calls the app for the caller of the request in `scope`, and returns the whole answer."""
    asked = {**scope, "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode()}
    headers = MutableHeaders(raw=list(scope["headers"]))
    for name in ("if-none-match", "if-modified-since", "range", "content-length", "content-type"):
        del headers[name]
    asked["headers"] = headers.raw
    started: Message = {}
    body = bytearray()

    async def nothing_more() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def take(message: Message) -> None:
        if message["type"] == "http.response.start":
            started.update(message)
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    await app(asked, nothing_more, take)
    answer = Response(bytes(body), started["status"])
    answer.raw_headers = [*started.get("headers", [])]
    return answer
