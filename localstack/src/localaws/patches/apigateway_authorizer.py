"""REST API methods with a Lambda authorizer are open to everyone: the gateway never calls the authorizer.

Not needed once a method with authorizationType CUSTOM answers 401 to a request without the identity source.
"""

import fnmatch
import json
import time
from typing import Any

from localstack.aws.connect import connect_to
from localstack.services.apigateway.next_gen.execute_api import gateway_response, handlers


class RequestAuthorizer:
    """Calls authorizers of type REQUEST and caches their results for authorizerResultTtlInSeconds."""

    def __init__(self) -> None:
        self.cache: dict[tuple[str, ...], tuple[float, dict[str, Any]]] = {}

    def __call__(self, chain: Any, context: Any, response: Any) -> None:
        method = context.resource_method or {}
        if method.get("authorizationType") != "CUSTOM":
            return
        authorizer = context.deployment.rest_api.authorizers.get(method.get("authorizerId"))
        if not authorizer or authorizer["type"] != "REQUEST":
            raise gateway_response.AuthorizerConfigurationError()
        request = context.invocation_request
        arn = (
            f"arn:aws:execute-api:{context.region}:{context.account_id}:{context.api_id}/{context.stage}/"
            f"{request['http_method']}{request['path']}"
        )
        identity = self._identity(authorizer, request)
        key = (authorizer["id"], context.stage, *identity)
        until, answer = self.cache.get(key, (0, {}))
        if until < time.time():
            answer = self._invoke(context, authorizer, request, arn)
            seconds = authorizer.get("authorizerResultTtlInSeconds")
            if identity:
                self.cache[key] = (time.time() + int(300 if seconds is None else seconds), answer)
        if not allowed(answer["policyDocument"], arn):
            raise gateway_response.AccessDeniedError("User is not authorized to access this resource")
        values = {k: v if isinstance(v, str) else json.dumps(v) for k, v in (answer.get("context") or {}).items()}
        context.context_variables["authorizer"] = {"principalId": answer.get("principalId"), **values}

    @staticmethod
    def _identity(authorizer: Any, request: Any) -> list[str]:
        values = []
        for source in filter(None, (authorizer.get("identitySource") or "").split(",")):
            kind, _, name = source.strip().removeprefix("method.request.").partition(".")
            place = request["headers"] if kind == "header" else request["query_string_parameters"] or {}
            if not place.get(name):
                raise gateway_response.UnauthorizedError("Unauthorized")
            values.append(place.get(name))
        return values

    @staticmethod
    def _invoke(context: Any, authorizer: Any, request: Any, arn: str) -> dict[str, Any]:
        event = {
            "type": "REQUEST",
            "methodArn": arn,
            "resource": context.resource["path"],
            "path": request["path"],
            "httpMethod": request["http_method"],
            "headers": dict(request["headers"]),
            "queryStringParameters": request["query_string_parameters"] or {},
            "pathParameters": request["path_parameters"] or {},
            "stageVariables": context.stage_variables or {},
            "requestContext": context.context_variables,
        }
        function = authorizer["authorizerUri"].split("/functions/")[1].removesuffix("/invocations")
        client = connect_to(region_name=context.region, aws_access_key_id=context.account_id).lambda_
        result = client.invoke(FunctionName=function, Payload=json.dumps(event))
        answer = json.loads(result["Payload"].read() or b"null")
        if result.get("FunctionError"):
            if (answer or {}).get("errorMessage") == "Unauthorized":
                raise gateway_response.UnauthorizedError("Unauthorized")
            raise gateway_response.AuthorizerFailureError()
        if not isinstance(answer, dict) or "policyDocument" not in answer:
            raise gateway_response.AuthorizerConfigurationError()
        return answer


def allowed(policy: dict[str, Any], arn: str) -> bool:
    effects = set()
    for statement in policy.get("Statement") or []:
        patterns = statement.get("Resource") or []
        patterns = [patterns] if isinstance(patterns, str) else patterns
        if any(fnmatch.fnmatchcase(arn, pattern) for pattern in patterns):
            effects.add(statement.get("Effect"))
    return effects == {"Allow"}


def apply() -> None:
    handlers.preprocess_request.append(RequestAuthorizer())
