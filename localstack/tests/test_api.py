"""REST APIs: authorizers, gateway responses, keys and usage plans, second deploys."""

import inspect
from datetime import UTC, datetime
from typing import Any

import pytest
from account import Account
from localstack.services.apigateway.legacy.provider import ApigatewayProvider
from localstack.services.apigateway.next_gen.execute_api import gateway, handlers
from localstack.services.apigateway.next_gen.execute_api.gateway_response import AuthorizerConfigurationError
from localstack.services.apigateway.next_gen.execute_api.handlers.api_key_validation import ApiKeyValidationHandler
from localstack.services.apigateway.next_gen.execute_api.handlers.gateway_exception import GatewayExceptionHandler
from localstack.services.apigateway.resource_providers.aws_apigateway_stage import ApiGatewayStageProvider
from moto.apigateway.models import APIGatewayBackend
from test_functions import function, permission

from localaws.patches.apigateway_authorizer import Answers, allowed

INVOKE = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/"


def uri(name: str) -> dict[str, Any]:
    return {"Fn::Join": ["", [INVOKE, {"Fn::GetAtt": [name, "Arn"]}, "/invocations"]]}


def method(path: str, **properties: Any) -> dict[str, dict[str, Any]]:
    """A resource below the root and its GET, integrated with the function Probe."""
    return {
        f"{path}Resource": {
            "Type": "AWS::ApiGateway::Resource",
            "Properties": {
                "RestApiId": {"Ref": "Api"},
                "ParentId": {"Fn::GetAtt": ["Api", "RootResourceId"]},
                "PathPart": path,
            },
        },
        f"{path}Method": {
            "Type": "AWS::ApiGateway::Method",
            "Properties": {
                "RestApiId": {"Ref": "Api"},
                "ResourceId": {"Ref": f"{path}Resource"},
                "HttpMethod": "GET",
                "AuthorizationType": "NONE",
                "Integration": {"Type": "AWS_PROXY", "IntegrationHttpMethod": "POST", "Uri": uri("Probe")},
                **properties,
            },
        },
    }


def authorizer(name: str, seconds: int) -> dict[str, Any]:
    return {
        "Type": "AWS::ApiGateway::Authorizer",
        "Properties": {
            "RestApiId": {"Ref": "Api"},
            "Name": name,
            "Type": "REQUEST",
            "AuthorizerUri": uri("Guard"),
            "IdentitySource": "method.request.header.X-Auth",
            "AuthorizerResultTtlInSeconds": seconds,
        },
    }


def plan(key: str, **limits: Any) -> dict[str, dict[str, Any]]:
    """A key whose value is a generated secret, and its usage plan."""
    return {
        f"{key}Secret": {
            "Type": "AWS::SecretsManager::Secret",
            "Properties": {
                "Name": f"api-{key}",
                "GenerateSecretString": {"PasswordLength": 40, "ExcludePunctuation": True},
            },
        },
        f"{key}Key": {
            "Type": "AWS::ApiGateway::ApiKey",
            "Properties": {
                "Enabled": True,
                "Value": {
                    "Fn::Join": ["", ["{{resolve:secretsmanager:", {"Ref": f"{key}Secret"}, ":SecretString:::}}"]]
                },
            },
        },
        f"{key}Plan": {
            "Type": "AWS::ApiGateway::UsagePlan",
            "Properties": {"ApiStages": [{"ApiId": {"Ref": "Api"}, "Stage": {"Ref": "Stage"}}], **limits},
        },
        f"{key}PlanKey": {
            "Type": "AWS::ApiGateway::UsagePlanKey",
            "Properties": {
                "KeyId": {"Ref": f"{key}Key"},
                "KeyType": "API_KEY",
                "UsagePlanId": {"Ref": f"{key}Plan"},
            },
        },
    }


def api(code: dict[str, str], revision: str = "One", *more_paths: str) -> dict[str, Any]:
    methods = {
        **method("open"),
        **method("metered", ApiKeyRequired=True),
        **method("guarded", AuthorizationType="CUSTOM", AuthorizerId={"Ref": "Authorizer"}),
        **method("kept", AuthorizationType="CUSTOM", AuthorizerId={"Ref": "Keeping"}),
        **method("keptbelow", AuthorizationType="CUSTOM", AuthorizerId={"Ref": "Keeping"}),
        **method("other", AuthorizationType="CUSTOM", AuthorizerId={"Ref": "Keeping"}),
    }
    for path in more_paths:
        methods |= method(path)
    deployment = f"Deployment{revision}"
    return {
        "Probe": function(code, REVISION=revision),
        "Guard": function(code, "Probe::authorize"),
        "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "tests"}},
        "Permission": permission("Probe", "apigateway"),
        "GuardPermission": permission("Guard", "apigateway"),
        "Authorizer": authorizer("guard", 0),
        "Keeping": authorizer("keeping", 3600),
        **methods,
        "Unauthorized": {
            "Type": "AWS::ApiGateway::GatewayResponse",
            "Properties": {
                "RestApiId": {"Ref": "Api"},
                "ResponseType": "UNAUTHORIZED",
                "StatusCode": "401",
                "ResponseParameters": {
                    "gatewayresponse.header.WWW-Authenticate": "'Basic realm=\"tests\"'",
                    "gatewayresponse.header.X-Asked": "method.request.header.X-Asked",
                    "gatewayresponse.header.X-Request-Id": "context.requestId",
                    "gatewayresponse.header.Content-Type": "'application/problem+json'",
                },
                "ResponseTemplates": {
                    "application/json": '{"detail": $context.error.messageString, '
                    '"kind": "$context.error.responseType"}'
                },
            },
        },
        deployment: {
            "Type": "AWS::ApiGateway::Deployment",
            "DependsOn": [*(name for name in methods if name.endswith("Method")), "Unauthorized"],
            "Properties": {"RestApiId": {"Ref": "Api"}},
        },
        "AccessLog": {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 7}},
        "Stage": {
            "Type": "AWS::ApiGateway::Stage",
            "Properties": {
                "RestApiId": {"Ref": "Api"},
                "StageName": "test",
                "DeploymentId": {"Ref": deployment},
                "AccessLogSetting": {
                    "DestinationArn": {"Fn::GetAtt": ["AccessLog", "Arn"]},
                    "Format": '{"status": "$context.status", "path": "$context.path"}',
                },
            },
        },
        **plan("Wide"),
        **plan("Slow", Throttle={"RateLimit": 0.01, "BurstLimit": 2}),
        **plan("Short", Quota={"Limit": 3, "Period": "MONTH"}),
    }


@pytest.fixture(scope="module")
def id(account: Account, code: dict[str, str]) -> str:
    return account.deploy("api", api(code), {"Id": {"Ref": "Api"}})["Id"]


def key(account: Account, name: str) -> dict[str, str]:
    return {"x-api-key": account.client("secretsmanager").get_secret_value(SecretId=f"api-{name}")["SecretString"]}


def test_a_guarded_method_without_identity_is_401_with_the_gateway_responses_headers(account: Account, id: str) -> None:
    """patches/apigateway_authorizer.py, patches/apigateway_gateway_response.py."""
    status, body, headers = account.call(id, "/guarded", {"X-Asked": "why"})
    assert (status, headers["WWW-Authenticate"], headers["X-Asked"]) == (401, 'Basic realm="tests"', "why")
    assert (len(headers["X-Request-Id"]), headers["Content-Type"]) == (36, "application/problem+json")
    assert body == '{"detail": "Unauthorized", "kind": "UNAUTHORIZED"}'


def test_an_authorizer_that_throws_unauthorized_is_401_too(account: Account, id: str) -> None:
    status, _, headers = account.call(id, "/guarded", {"X-Auth": "unknown"})
    assert (status, headers["WWW-Authenticate"]) == (401, 'Basic realm="tests"')


def test_an_authorizer_that_denies_is_403(account: Account, id: str) -> None:
    assert account.call(id, "/guarded", {"X-Auth": "deny"})[0] == 403


def test_an_authorizer_that_allows_passes_its_context_on(account: Account, id: str) -> None:
    assert account.call(id, "/guarded", {"X-Auth": "allow"})[:2] == (200, "One tester")


def test_an_open_method_asks_no_authorizer(account: Account, id: str) -> None:
    assert account.call(id, "/open")[:2] == (200, "One null")


def test_an_answer_is_kept_for_every_method_by_the_identity(account: Account, id: str) -> None:
    first = account.call(id, "/kept", {"X-Auth": "kept by ada"})[1]
    assert account.call(id, "/kept", {"X-Auth": "kept by ada"})[1] == first
    assert account.call(id, "/keptbelow", {"X-Auth": "kept by ada"})[1] == first
    assert account.call(id, "/kept", {"X-Auth": "kept by bob"})[1] != first


def test_a_stages_answers_can_be_forgotten(account: Account, id: str) -> None:
    first = account.call(id, "/kept", {"X-Auth": "kept by max"})[1]
    client = account.client("apigateway")
    client.flush_stage_authorizers_cache(restApiId=id, stageName="other")
    assert account.call(id, "/kept", {"X-Auth": "kept by max"})[1] == first
    client.flush_stage_authorizers_cache(restApiId=id, stageName="test")
    assert account.call(id, "/kept", {"X-Auth": "kept by max"})[1] != first


def test_each_request_is_checked_against_the_policy_that_was_kept(account: Account, id: str) -> None:
    assert account.call(id, "/kept", {"X-Auth": "kept by eve"})[0] == 200
    assert account.call(id, "/other", {"X-Auth": "kept by eve"})[0] == 403
    assert account.call(id, "/kept", {"X-Auth": "kept by eve"})[0] == 200


def test_without_identity_nothing_that_was_kept_helps(account: Account, id: str) -> None:
    assert account.call(id, "/kept", {"X-Auth": "kept by ada"})[0] == 200
    assert account.call(id, "/kept")[0] == 401
    assert account.call(id, "/kept", {"X-Auth": "unknown"})[0] == 401


def test_an_answer_is_kept_for_its_time_and_then_forgotten() -> None:
    now = [0.0]
    answers = Answers(lambda: now[0])
    answers.keep(("ada",), {"principalId": "ada"}, 55)
    answers.keep(("bob",), {"principalId": "bob"}, 0)
    now[0] = 54.9
    assert answers.find(("ada",)) == {"principalId": "ada"}
    assert answers.find(("bob",)) is None
    now[0] = 55
    assert answers.find(("ada",)) is None
    answers.keep(("eve",), {}, 55)
    assert list(answers.kept) == [("eve",)]


ARN = "arn:aws:execute-api:eu-central-1:000000000000:abc/test/GET/guarded"
ALLOW = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": ARN}


def test_a_policy_that_denies_or_names_another_method_does_not_allow() -> None:
    assert allowed({"Statement": [ALLOW]}, ARN)
    assert not allowed({"Statement": [ALLOW, {**ALLOW, "Effect": "Deny", "Resource": "*"}]}, ARN)
    assert not allowed({"Statement": [{**ALLOW, "Resource": ARN.replace("GET", "PUT")}]}, ARN)
    assert not allowed({"Statement": [{**ALLOW, "Action": "execute-api:ManageConnections"}]}, ARN)
    assert not allowed({"Statement": []}, ARN)


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        *(
            (ARN.replace("GET", "*"), True),
            (ARN.replace("guarded", "*"), True),
            (ARN.replace("guarded", "g?arded"), True),
        ),
        *((ARN.replace("guarded", "g*d"), True), (ARN + "/*", False), (ARN.replace("guarded", "[g]uarded"), False)),
        (ARN.replace("guarded", "Guarded"), False),
    ],
)
def test_a_policys_wildcards_are_those_of_iam(resource: str, expected: bool) -> None:
    assert allowed({"Statement": [{**ALLOW, "Resource": ["other", resource]}]}, ARN) is expected


def test_a_condition_that_is_not_emulated_makes_the_policy_unusable() -> None:
    with pytest.raises(AuthorizerConfigurationError):
        allowed({"Statement": [{**ALLOW, "Condition": {"IpAddress": {"aws:SourceIp": "127.0.0.1"}}}]}, ARN)


def test_a_key_is_needed_and_its_value_is_the_secret(account: Account, id: str) -> None:
    """A dynamic reference in the property Value of an ApiKey."""
    assert account.call(id, "/metered")[0] == 403
    assert account.call(id, "/metered", {"x-api-key": "{{resolve:secretsmanager:api-Wide:SecretString:::}}"})[0] == 403
    assert account.call(id, "/metered", key(account, "Wide"))[0] == 200


def test_a_plans_burst_is_its_limit(account: Account, id: str) -> None:
    """patches/apigateway_usage_plan.py."""
    header = key(account, "Slow")
    assert [account.call(id, "/metered", header)[0] for _ in range(4)] == [200, 200, 429, 429]


def test_a_plans_quota_ends(account: Account, id: str) -> None:
    """patches/apigateway_usage_plan.py."""
    header = key(account, "Short")
    assert [account.call(id, "/metered", header)[0] for _ in range(5)] == [200, 200, 200, 429, 429]


def test_each_key_has_its_own_quota_and_its_usage_is_told(account: Account, id: str) -> None:
    """patches/apigateway_usage_plan.py, patches/apigateway_key_delete.py."""
    gateway = account.client("apigateway")
    limits = {"throttle": {"rateLimit": 100, "burstLimit": 100}, "quota": {"limit": 2, "period": "DAY"}}
    stages = [{"apiId": id, "stage": "test"}]
    keys, plans = [], []
    for name in ("one", "two"):
        keys.append(gateway.create_api_key(name=name, enabled=True, value=name + "0" * 40)["id"])
        plans.append(gateway.create_usage_plan(name=name, apiStages=stages, **limits)["id"])
        gateway.create_usage_plan_key(usagePlanId=plans[-1], keyId=keys[-1], keyType="API_KEY")
    one, two = ({"x-api-key": name + "0" * 40} for name in ("one", "two"))

    assert [account.call(id, "/metered", one)[0] for _ in range(3)] == [200, 200, 429]
    assert account.call(id, "/metered", two)[0] == 200

    today = datetime.now(UTC).date().isoformat()
    usage = [gateway.get_usage(usagePlanId=plan, startDate=today, endDate=today)["items"] for plan in plans]
    assert [{key: days[0][0] for key, days in of_plan.items()} for of_plan in usage] == [{keys[0]: 2}, {keys[1]: 1}]
    gateway.delete_api_key(apiKey=keys[0])
    assert account.call(id, "/metered", one)[0] == 403
    assert account.call(id, "/metered", two)[0] == 200


def test_a_tag_chooses_an_apis_id(account: Account) -> None:
    """LocalStack's own feature; the application relies on it for URLs that stay the same."""
    resources = {
        "Api": {
            "Type": "AWS::ApiGateway::RestApi",
            "Properties": {"Name": "pinned", "Tags": [{"Key": "_custom_id_", "Value": "pinned"}]},
        }
    }
    assert account.deploy("pinned", resources, {"Id": {"Ref": "Api"}})["Id"] == "pinned"


def test_a_second_deploy_moves_the_stage(account: Account, code: dict[str, str], id: str) -> None:
    """patches/apigateway_stage_update.py, patches/apigateway_deployment_delete.py."""
    account.deploy("api", api(code, "Two", "added"))
    assert account.call(id, "/added")[:2] == (200, "Two null")


def test_upstream_still_ignores_gateway_responses() -> None:
    source = inspect.getsource(GatewayExceptionHandler)
    assert "TODO apply responseParameters" in source, "patches/apigateway_gateway_response.py may not be needed"


def test_upstream_still_ignores_usage_plans() -> None:
    source = inspect.getsource(ApiKeyValidationHandler)
    assert "do not support rate limiting or quota" in source, "patches/apigateway_usage_plan.py may not be needed"
    assert "get_usage" not in vars(ApigatewayProvider), "patches/apigateway_usage_plan.py may not be needed"


def test_upstream_still_leaves_deleted_keys_in_plans() -> None:
    source = inspect.getsource(APIGatewayBackend.delete_api_key)
    assert "usage_plan_keys" not in source, "patches/apigateway_key_delete.py may not be needed"


def test_upstream_still_asks_no_authorizer() -> None:
    source = inspect.getsource(gateway) + inspect.getsource(handlers)
    assert "authorizer" not in source.lower(), "patches/apigateway_authorizer.py may not be needed"


def test_upstream_still_gives_the_stages_of_other_deployments(account: Account, id: str) -> None:
    stages = account.client("apigateway").get_stages(restApiId=id, deploymentId="none")["item"]
    assert stages, "patches/apigateway_deployment_delete.py is not needed any more"


def test_upstream_still_cannot_update_a_stage() -> None:
    with pytest.raises(NotImplementedError):
        ApiGatewayStageProvider().update(None)
