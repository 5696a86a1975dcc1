"""REST API: a web application behind an HTTP_PROXY integration with a VPC link and an authorizer."""

import base64
import http.client
import inspect
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from account import Account, until
from containers_stack import network
from localstack.services.apigateway.next_gen.execute_api.integrations.http import RestApiHttpProxyIntegration
from test_api import uri
from test_functions import function, permission

BINARY = bytes(range(256)) * 4
LARGE = 10 * 1024 * 1024


class Echo(BaseHTTPRequestHandler):
    """Answers with the request it received; /moved redirects, /binary sends bytes, /slow is slow, /cookies sets two."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        place = self.path.split("?")[0]
        if place.endswith("/moved"):
            return self.send(308, b"", Location="/v1/web/elsewhere/")
        if place.endswith("/binary"):
            return self.send(200, BINARY, **{"Content-Type": "image/png"})
        if place.endswith("/back"):
            return self.send(200, body, **{"Content-Type": "application/octet-stream"})
        if place.endswith("/slow"):
            threading.Event().wait(3)
        said = {
            "method": self.command,
            "path": self.path,
            "authorization": self.headers.get("Authorization"),
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "host": self.headers.get("Host"),
            "length": len(body),
            "text": body[:100].decode("latin-1"),
        }
        return self.send(200, json.dumps(said).encode(), **{"Content-Type": "application/json"})

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.path.endswith("/cookies"):
            self.send_header("Set-Cookie", "a=1; Path=/")
            self.send_header("Set-Cookie", "b=2; Path=/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    echo = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=echo.serve_forever, daemon=True).start()
    yield echo.server_port
    echo.shutdown()


def method(resource: dict[str, Any], path: str, port: int, **integration: Any) -> dict[str, Any]:
    """ANY on a resource, as CDK's HttpIntegration with a VPC link and an authorizer."""
    mapped = {"integration.request.header.Authorization": "context.authorizer.mlflow_authorization"}
    accepted = {}
    if "{proxy}" in path:
        mapped["integration.request.path.proxy"] = "method.request.path.proxy"
        accepted["method.request.path.proxy"] = True
    return {
        "Type": "AWS::ApiGateway::Method",
        "Properties": {
            "RestApiId": {"Ref": "Web"},
            "ResourceId": resource,
            "HttpMethod": "ANY",
            "AuthorizationType": "CUSTOM",
            "AuthorizerId": {"Ref": "Operators"},
            "RequestParameters": accepted,
            "Integration": {
                "Type": "HTTP_PROXY",
                "IntegrationHttpMethod": "ANY",
                "ConnectionType": "VPC_LINK",
                "ConnectionId": {"Ref": "Link"},
                "RequestParameters": mapped,
                "Uri": {"Fn::Join": ["", ["http://", {"Fn::GetAtt": ["Balancer", "DNSName"]}, f":{port}{path}"]]},
                **integration,
            },
        },
    }


def open_files(verb: str, port: int) -> dict[str, Any]:
    """A method that needs no login and passes no credentials on, as CDK writes it."""
    found = method({"Ref": "Files"}, "/v1/web/files/{proxy}", port)
    properties, integration = found["Properties"], found["Properties"]["Integration"]
    del properties["AuthorizerId"]
    properties |= {"HttpMethod": verb, "AuthorizationType": "NONE"}
    integration["IntegrationHttpMethod"] = verb
    integration["RequestParameters"] = {
        "integration.request.path.proxy": "method.request.path.proxy",
        "integration.request.header.Authorization": "'none'",
        "integration.request.header.Cookie": "'none'",
        "integration.request.header.X-Access": "'files'",
    }
    return found


def resource(part: str, parent: dict[str, Any]) -> dict[str, Any]:
    properties = {"RestApiId": {"Ref": "Web"}, "ParentId": parent, "PathPart": part}
    return {"Type": "AWS::ApiGateway::Resource", "Properties": properties}


def web(code: dict[str, str], port: int) -> dict[str, Any]:
    return {
        **network(),
        "Guard": function(code, "Probe::authorize"),
        "GuardPermission": permission("Guard", "apigateway"),
        "Balancer": {
            "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer",
            "Properties": {"Type": "network", "Scheme": "internal", "Subnets": [{"Ref": "Subnet0"}]},
        },
        "Link": {
            "Type": "AWS::ApiGateway::VpcLink",
            "Properties": {"Name": "web", "TargetArns": [{"Ref": "Balancer"}]},
        },
        "Web": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "web", "BinaryMediaTypes": ["image/*"]}},
        "Operators": {
            "Type": "AWS::ApiGateway::Authorizer",
            "Properties": {
                "RestApiId": {"Ref": "Web"},
                "Name": "operators",
                "Type": "REQUEST",
                "AuthorizerUri": uri("Guard"),
                "IdentitySource": "method.request.header.X-Auth",
                "AuthorizerResultTtlInSeconds": 0,  # the function allows the one method that was called
            },
        },
        "Place": resource("web", {"Fn::GetAtt": ["Web", "RootResourceId"]}),
        "Any": method({"Ref": "Place"}, "/v1/web/", port),
        "Below": resource("{proxy+}", {"Ref": "Place"}),
        "AnyBelow": method({"Ref": "Below"}, "/v1/web/{proxy}", port, TimeoutInMillis=1000),
        "FilesPlace": resource("files", {"Ref": "Place"}),
        "Files": resource("{proxy+}", {"Ref": "FilesPlace"}),
        "GetFiles": open_files("GET", port),
        "HeadFiles": open_files("HEAD", port),
        "AnyFiles": method({"Ref": "Files"}, "/v1/web/files/{proxy}", port),
        "Deployment": {
            "Type": "AWS::ApiGateway::Deployment",
            "Properties": {"RestApiId": {"Ref": "Web"}},
            "DependsOn": ["Any", "AnyBelow", "GetFiles", "HeadFiles", "AnyFiles"],
        },
        "Stage": {
            "Type": "AWS::ApiGateway::Stage",
            "Properties": {"RestApiId": {"Ref": "Web"}, "DeploymentId": {"Ref": "Deployment"}, "StageName": "v1"},
        },
    }


class Browser:
    """Calls an API at a browser's address, whose host name is a subdomain of localhost."""

    def __init__(self, account: Account, api: str) -> None:
        self.port, self.host = account.port, f"{api}.execute-api.localhost:{account.port}"

    def call(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, {"Host": self.host, "X-Auth": "allow", **headers})
        answer = connection.getresponse()
        found = answer.status, answer.headers, answer.read()
        connection.close()
        return found

    def said(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        status, _, body = self.call(*args, **kwargs)
        assert status == 200, body
        return json.loads(body)


@pytest.fixture(scope="module")
def browser(account: Account, code: dict[str, str], server: int) -> Iterator[Browser]:
    found = account.deploy("web", web(code, server), {"Api": {"Ref": "Web"}})
    browser = Browser(account, found["Api"])
    until("api", lambda: browser.call("/v1/web")[0] == 200)
    yield browser
    account.destroy("web")


def test_the_authorizers_credentials_take_the_place_of_the_callers(browser: Browser) -> None:
    credentials = base64.b64encode(b"admin:pw").decode()
    assert browser.said("/v1/web/api", Authorization="Basic mine")["authorization"] == f"Basic {credentials}"
    assert browser.call("/v1/web/api", **{"X-Auth": "deny"})[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        *("/v1/web/", "/v1/web/a", "/v1/web/a/", "/v1/web/a/b.js?x=1&x=2&y=a%20b", "/v1/web/a%20b/c%2Fd"),
        "/v1/web/v1/web/deep/",
    ],
)
def test_a_path_arrives_as_the_browser_sees_it(browser: Browser, path: str) -> None:
    """patches/apigateway_http_proxy.py."""
    assert browser.said(path)["path"].replace("+", "%20") == path


CREDENTIALS = {"Authorization": "Basic mine", "Cookie": "session=mine", "X-Access": "operators", "X-Auth": ""}


@pytest.mark.parametrize(
    "path",
    [
        *("/v1/web/files/a.js", "/v1/web/files/a.js?Authorization=mine", "/v1/web/files/" + "a" * 6000),
        *("/v1/web/files/../api", "/v1/web/files/%2e%2e/api", "/v1/web/files/..%2fapi", "/v1/web/files/%252e%252e/api"),
        *("/v1/web/files/..%5capi", "/v1/web/files//api", "/v1/web/files/./api", "/v1/web/files/%00"),
    ],
)
def test_an_open_path_passes_no_credentials_on_and_says_so_whatever_it_leads_to(browser: Browser, path: str) -> None:
    """The server can tell such a request by a header that its sender cannot choose, even if dots were resolved."""
    headers = browser.said(path, **CREDENTIALS)["headers"]
    assert (headers["authorization"], headers["cookie"], headers["x-access"]) == ("none", "none", "files")


def test_an_open_path_is_open_for_reading_only(browser: Browser) -> None:
    assert browser.call("/v1/web/files/a.js", "HEAD", **CREDENTIALS)[0] == 200
    for verb in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert browser.call("/v1/web/files/a.js", verb, **CREDENTIALS)[0] == 401
    for beside in ("/v1/web", "/v1/web/", "/v1/web/api", "/v1/web/filesystem", "/v1/web/../web/api"):
        assert browser.call(beside, **CREDENTIALS)[0] == 401


def test_the_path_without_a_slash_arrives_with_one(browser: Browser) -> None:
    assert browser.said("/v1/web")["path"] == "/v1/web/"


def test_a_redirect_is_passed_on_to_the_client(browser: Browser) -> None:
    """patches/apigateway_http_proxy.py."""
    status, headers, _ = browser.call("/v1/web/moved")
    assert (status, headers["Location"]) == (308, "/v1/web/elsewhere/")


@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE"])
def test_methods_and_bodies_arrive(browser: Browser, verb: str) -> None:
    said = browser.said("/v1/web/api", verb, b'{"a": 1}', **{"Content-Type": "application/json"})
    assert (said["method"], said["text"]) == (verb, '{"a": 1}')


def test_bytes_arrive_unchanged_both_ways(browser: Browser) -> None:
    octets = {"Content-Type": "application/octet-stream"}
    assert browser.call("/v1/web/back", "PUT", BINARY, **octets)[2] == BINARY
    status, headers, body = browser.call("/v1/web/binary", Accept="image/png")
    assert (status, headers["Content-Type"], body) == (200, "image/png", BINARY)


def test_an_upload_of_ten_megabytes_arrives(browser: Browser) -> None:
    said = browser.said("/v1/web/upload", "PUT", b"x" * LARGE, **{"Content-Type": "application/octet-stream"})
    assert said["length"] == LARGE


def test_each_cookie_is_one_header(browser: Browser) -> None:
    """patches/apigateway_http_proxy.py."""
    assert browser.call("/v1/web/cookies")[1].get_all("Set-Cookie") == ["a=1; Path=/", "b=2; Path=/"]


def test_a_slow_answer_times_out(browser: Browser) -> None:
    """patches/apigateway_http_proxy.py."""
    assert browser.call("/v1/web/slow")[0] == 504


def test_upstream_still_follows_redirects() -> None:
    module = inspect.getmodule(RestApiHttpProxyIntegration)
    source = inspect.getsource(module).split("class RestApiHttpProxyIntegration")[1]
    assert "allow_redirects" not in source, "patches/apigateway_http_proxy.py may not be needed"
