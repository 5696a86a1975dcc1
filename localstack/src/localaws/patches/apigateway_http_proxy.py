"""HTTP_PROXY integrations follow redirects themselves, strip a trailing slash from {proxy+}, join several Set-Cookie
headers into one and never time out; they also use credentials from ~/.netrc and HTTP proxies from the environment.

Not needed once RestApiHttpProxyIntegration.invoke passes allow_redirects=False and a timeout, and
RestAPIResourceRouter.match does not strip the path.
"""

import logging
from typing import Any

import requests
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    ApiConfigurationError,
    IntegrationFailureError,
    IntegrationTimeoutError,
    InternalServerError,
)
from localstack.services.apigateway.next_gen.execute_api.handlers.resource_router import InvocationRequestRouter
from localstack.services.apigateway.next_gen.execute_api.header_utils import build_multi_value_headers
from localstack.services.apigateway.next_gen.execute_api.integrations.http import (
    NO_BODY_METHODS,
    RestApiHttpProxyIntegration,
)
from werkzeug.datastructures import Headers

LOG = logging.getLogger(__name__)


def invoke(self: RestApiHttpProxyIntegration, context: Any) -> Any:
    request = context.integration_request
    method, uri = request["http_method"], request["uri"]
    headers = {name: ",".join(values) for name, values in build_multi_value_headers(request["headers"]).items()}
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(
                method,
                uri,
                params=request["query_string_parameters"],
                headers=headers,
                data=None if method in NO_BODY_METHODS else request["body"],
                allow_redirects=False,
                timeout=self._get_integration_timeout(context.integration),
            )
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema) as e:
        LOG.warning("HTTP_PROXY: invalid endpoint address %s", uri)
        raise InternalServerError("Internal server error") from e
    except requests.exceptions.Timeout as e:
        raise IntegrationTimeoutError("Endpoint request timed out") from e
    except requests.exceptions.SSLError as e:
        raise IntegrationFailureError("Network error communicating with endpoint") from e
    except requests.exceptions.ConnectionError as e:
        raise ApiConfigurationError("Internal server error") from e
    return {
        "body": answer.content,
        "status_code": answer.status_code,
        "headers": Headers(list(answer.raw.headers.items())),
    }


def apply() -> None:
    original = InvocationRequestRouter.route_and_enrich

    def route_and_enrich(self: InvocationRequestRouter, context: Any) -> None:
        original(self, context)
        request, path = context.invocation_request, context.resource["path"]
        if path.endswith("+}") and request["path"].endswith("/") and context.integration["type"] == "HTTP_PROXY":
            request["path_parameters"][path.rsplit("{", 1)[1].removesuffix("+}")] += "/"

    InvocationRequestRouter.route_and_enrich = route_and_enrich
    RestApiHttpProxyIntegration.invoke = invoke
