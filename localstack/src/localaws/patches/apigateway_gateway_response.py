"""The gateway applies only the status of a REST API's gateway responses. It drops headers (responseParameters) and
bodies (responseTemplates), so browsers do not see the WWW-Authenticate header of an UNAUTHORIZED response.

Not needed once the two `# TODO apply response...` in GatewayExceptionHandler are done.
"""

import json
import re
from typing import Any

from localstack.services.apigateway.next_gen.execute_api.gateway_response import get_gateway_response_or_default
from localstack.services.apigateway.next_gen.execute_api.handlers.gateway_exception import GatewayExceptionHandler

HEADER = "gatewayresponse.header."
VARIABLE = re.compile(r"\$?context((?:\.\w+)+)")


def variable(variables: Any, path: str) -> str:
    for name in path.strip(".").split("."):
        variables = (variables or {}).get(name)
    return "" if variables is None else str(variables)


def header_value(expression: str, context: Any) -> str | None:
    if expression.startswith("'") and expression.endswith("'"):
        return expression[1:-1]
    if found := VARIABLE.fullmatch(expression):
        return variable(context.context_variables, found[1])
    kind, _, name = expression.removeprefix("method.request.").partition(".")
    values = {
        "header": context.invocation_request.get("headers"),
        "querystring": context.invocation_request.get("query_string_parameters"),
        "path": context.invocation_request.get("path_parameters"),
    }.get(kind)
    return (values or {}).get(name)


def body(template: str, context: Any) -> str:
    """Plain substitution, as on AWS, without Velocity. `messageString` is the only variable with its own quotes."""
    error = context.context_variables.get("error") or {}
    quoted = template.replace("$context.error.messageString", json.dumps(error.get("message")))
    return VARIABLE.sub(
        lambda found: variable(context.context_variables, found[1]) if found[0].startswith("$") else found[0], quoted
    )


def apply() -> None:
    original = GatewayExceptionHandler.create_exception_response

    def create_exception_response(self: GatewayExceptionHandler, exception: Any, context: Any) -> Any:
        response = original(self, exception, context)
        configured = get_gateway_response_or_default(exception.type, context.deployment.rest_api.gateway_responses)
        if configured.get("defaultResponse", True) and not configured.get("responseParameters"):
            return response
        templates = configured.get("responseTemplates") or {}
        if templates and not configured.get("defaultResponse", True):
            kind = "application/json" if "application/json" in templates else next(iter(templates))
            response.set_data(body(templates[kind], context))
            response.headers["Content-Type"] = kind
        for name, expression in (configured.get("responseParameters") or {}).items():
            value = header_value(expression, context)
            if name.startswith(HEADER) and value is not None:
                response.headers[name.removeprefix(HEADER)] = value
        return response

    GatewayExceptionHandler.create_exception_response = create_exception_response
