"""REST API methods with a Lambda authorizer are open to everyone: the gateway never calls the authorizer. The call that
makes API Gateway forget what authorizers answered is missing, too.

Not needed once a method with authorizationType CUSTOM answers 401 to a request without the identity source.
"""

import json
import threading
import time
from collections.abc import Callable
from typing import Any

from localstack.aws.connect import connect_to
from localstack.services.apigateway.next_gen.execute_api import gateway_response, handlers
from localstack.services.apigateway.next_gen.provider import ApigatewayNextGenProvider

from localaws.iam.policies import Unknown, like

ACTION = "execute-api:Invoke"
DEFAULT_SECONDS = 300
"""How long API Gateway keeps an answer if the authorizer does not say."""


class Answers:
    """What authorizers answered, as long as each answer is valid. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.lock = threading.Lock()
        self.kept: dict[tuple[str, ...], tuple[float, dict[str, Any]]] = {}

    def find(self, key: tuple[str, ...]) -> dict[str, Any] | None:
        with self.lock:
            until, answer = self.kept.get(key, (0.0, None))
            return answer if self.clock() < until else None

    def keep(self, key: tuple[str, ...], answer: dict[str, Any], seconds: float) -> None:
        with self.lock:
            now = self.clock()
            self.kept = {other: kept for other, kept in self.kept.items() if now < kept[0]}
            if seconds > 0:
                self.kept[key] = (now + seconds, answer)

    def forget(self, *beginning: str) -> None:
        """Forgets the answers whose key begins so: an API, or an API and a stage."""
        with self.lock:
            length = len(beginning)
            self.kept = {key: kept for key, kept in self.kept.items() if key[:length] != beginning}


class RequestAuthorizer:
    """Calls authorizers of type REQUEST. As in API Gateway, an answer is kept for the authorizer's
    authorizerResultTtlInSeconds by the values of its identity sources, for every method of the stage: each request is
    checked against the policy in the answer. An authorizer that fails or throws "Unauthorized" has not answered.
    """

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

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
        key = (context.api_id, context.stage, authorizer["id"], *identity)
        answer = self.answers.find(key)
        if answer is None:
            answer = self._invoke(context, authorizer, request, arn)
            if identity:
                seconds = authorizer.get("authorizerResultTtlInSeconds")
                self.answers.keep(key, answer, DEFAULT_SECONDS if seconds is None else int(seconds))
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
        api = f"arn:aws:execute-api:{context.region}:{context.account_id}:{context.api_id}"
        source = f"{api}/authorizers/{authorizer['id']}"
        client = client.request_metadata(service_principal="apigateway", source_arn=source)
        try:
            result = client.invoke(FunctionName=function, Payload=json.dumps(event))
        except client.exceptions.TooManyRequestsException as e:
            raise gateway_response.AuthorizerFailureError() from e
        answer = json.loads(result["Payload"].read() or b"null")
        if result.get("FunctionError"):
            if (answer or {}).get("errorMessage") == "Unauthorized":
                raise gateway_response.UnauthorizedError("Unauthorized")
            raise gateway_response.AuthorizerFailureError()
        if not isinstance(answer, dict) or "policyDocument" not in answer:
            raise gateway_response.AuthorizerConfigurationError()
        return answer


def allowed(policy: dict[str, Any], arn: str) -> bool:
    """Whether a statement allows the call and none denies it. A statement with anything but actions and resources makes
    the answer unusable, because its meaning is not emulated."""
    effects = set()
    for statement in policy.get("Statement") or []:
        if set(statement) - {"Sid", "Effect", "Action", "Resource"}:
            raise gateway_response.AuthorizerConfigurationError()
        actions, resources = (
            [found] if isinstance(found := statement.get(name) or [], str) else found for name in ("Action", "Resource")
        )
        try:
            matches = any(like(action, ACTION, fold=True) for action in actions) and any(
                like(resource, arn) for resource in resources
            )
        except Unknown as e:
            raise gateway_response.AuthorizerConfigurationError() from e
        if matches:
            effects.add(statement.get("Effect"))
    return effects == {"Allow"}


def apply() -> None:
    answers = Answers()

    def flush_stage_authorizers_cache(self: Any, context: Any, rest_api_id: str, stage_name: str, **_: Any) -> None:
        answers.forget(rest_api_id, stage_name)

    handlers.preprocess_request.append(RequestAuthorizer(answers))
    ApigatewayNextGenProvider.flush_stage_authorizers_cache = flush_stage_authorizers_cache
