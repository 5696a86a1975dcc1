package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vowcheck.infra.Synthesized.Resource;
import vowcheck.lambda.documentation.Documentation;
import vowcheck.lambda.http.ApiRoute;

class ScoringApiTest {
    private static final Synthesized PROD = Synthesized.of("prod");

    /// The files of MLflow's pages, which are no call of ours.
    private static final String FILES = "/mlflow/static-files/";

    /// Method and path, who may call, which alias answers.
    @Test
    void everyMethodHasItsAccessAndItsFunction() {
        assertThat(PROD.resources("AWS::ApiGateway::Method").stream()
                        .map(ScoringApiTest::described)
                        .sorted())
                .containsExactly(
                        "ANY / public PublicLive",
                        "ANY /batch_predict public PublicLive",
                        "ANY /docs public PublicLive",
                        "ANY /docs/{asset} public PublicLive",
                        "ANY /health public PublicLive",
                        "ANY /mlflow operators ExperimentTrackingBalancer",
                        "ANY /mlflow/static-files operators ExperimentTrackingBalancer",
                        "ANY /mlflow/static-files/{proxy+} operators ExperimentTrackingBalancer",
                        "ANY /mlflow/{proxy+} operators ExperimentTrackingBalancer",
                        "ANY /model-info public PublicLive",
                        "ANY /openapi.json public PublicLive",
                        "ANY /operations public PublicLive",
                        "ANY /operations/approvals public PublicLive",
                        "ANY /operations/erasures public PublicLive",
                        "ANY /operations/exports public PublicLive",
                        "ANY /operations/exports/{export_id} public PublicLive",
                        "ANY /operations/readiness public PublicLive",
                        "ANY /operations/rollback public PublicLive",
                        "ANY /operations/shadow public PublicLive",
                        "ANY /predict public PublicLive",
                        "ANY /predictions public PublicLive",
                        "ANY /predictions/search public PublicLive",
                        "ANY /predictions/{request_id} public PublicLive",
                        "ANY /update-model public PublicLive",
                        "ANY /{proxy+} public PublicLive",
                        "GET /docs public PublicLive",
                        "GET /docs/{asset} public PublicLive",
                        "GET /health public PublicLive",
                        "GET /mlflow/static-files/{proxy+} public ExperimentTrackingBalancer",
                        "GET /model-info key ScoringLive",
                        "GET /openapi.json public PublicLive",
                        "GET /operations/exports/{export_id} operators OperationsLive",
                        "GET /operations/readiness operators ScoringLive",
                        "GET /operations/shadow operators ScoringLive",
                        "GET /predictions/{request_id} key ScoringLive",
                        "HEAD /docs public PublicLive",
                        "HEAD /docs/{asset} public PublicLive",
                        "HEAD /health public PublicLive",
                        "HEAD /mlflow/static-files/{proxy+} public ExperimentTrackingBalancer",
                        "HEAD /model-info key ScoringLive",
                        "HEAD /openapi.json public PublicLive",
                        "HEAD /operations/exports/{export_id} operators OperationsLive",
                        "HEAD /operations/readiness operators ScoringLive",
                        "HEAD /operations/shadow operators ScoringLive",
                        "HEAD /predictions/{request_id} key ScoringLive",
                        "POST /batch_predict key ScoringLive",
                        "POST /operations/approvals operators OperationsLive",
                        "POST /operations/erasures operators ErasureLive",
                        "POST /operations/exports operators OperationsLive",
                        "POST /operations/rollback operators OperationsLive",
                        "POST /operations/shadow operators OperationsLive",
                        "POST /predict key ScoringLive",
                        "POST /predictions/search operators ScoringLive",
                        "POST /update-model operators OperationsLive");
    }

    @Test
    void noRequestWithoutCredentialsReachesAnythingButThePublicFunctionAndMlflowsFiles() {
        for (var synthesized : List.of(PROD, Synthesized.signed())) {
            assertThat(synthesized.resources("AWS::ApiGateway::Method").stream()
                            .map(Resource::properties)
                            .filter(method -> !method.at("ApiKeyRequired").isTrue()
                                    && method.at("AuthorizationType").text().equals("NONE")))
                    .hasSizeGreaterThan(20)
                    .allSatisfy(
                            method -> assertThat(method.at("Integration", "Uri").text())
                                    .containsPattern("PublicLive|:5000/v1/mlflow/static-files/\\{proxy}$"));
        }
    }

    @Test
    void methodsThatNeedNoCredentialsHaveTheStagesLowerLimits() {
        var settings = PROD.resources("AWS::ApiGateway::Stage")
                .getFirst()
                .properties()
                .at("MethodSettings")
                .list();
        var limits = settings.stream()
                .collect(Collectors.toMap(
                        setting -> setting.at("HttpMethod").text() + " "
                                + setting.at("ResourcePath")
                                        .text()
                                        .replace("/~1", "/")
                                        .replace("~1", "/"),
                        setting -> setting.at("ThrottlingRateLimit").text() + " "
                                + setting.at("ThrottlingBurstLimit").text()));

        assertThat(limits).containsEntry("* /*", "20 40");
        assertThat(limits.entrySet().stream()
                        .filter(limit -> limit.getValue().equals("100 200"))
                        .map(Map.Entry::getKey)
                        .filter(method -> !method.contains("/mlflow")))
                .hasSize(limits.size() - 1 - 28)
                .containsExactlyInAnyOrderElementsOf(PROD.resources("AWS::ApiGateway::Method").stream()
                        .map(ScoringApiTest::described)
                        .filter(call -> !call.startsWith("ANY") && !call.contains(" public "))
                        .map(call -> call.substring(0, call.indexOf(' ', call.indexOf('/'))))
                        .toList());
        assertThat(limits)
                .containsKeys("GET /mlflow", "POST /mlflow/{proxy+}", "POST /mlflow/static-files/{proxy+}")
                .containsEntry("GET /mlflow/static-files/{proxy+}", "50 200")
                .containsEntry("HEAD /mlflow/static-files/{proxy+}", "50 200");
    }

    /// Else the ANY method of the path, which needs no key, would answer HEAD.
    @Test
    void everyCallHasAMethodOfItsOwn() {
        var calls = Arrays.stream(ApiRoute.values())
                .flatMap(route -> route.methods().stream().map(method -> method + " " + route.path()));

        assertThat(PROD.resources("AWS::ApiGateway::Method").stream()
                        .map(ScoringApiTest::described)
                        .filter(call -> !call.startsWith("ANY") && !call.contains(FILES))
                        .map(call -> call.substring(0, call.indexOf(' ', call.indexOf('/')))))
                .containsExactlyInAnyOrderElementsOf(calls.toList());
    }

    @Test
    void theOpenApiDocumentHasEveryCallAndItsAccess() throws IOException {
        var documented = documentedCalls();

        assertThat(PROD.resources("AWS::ApiGateway::Method").stream()
                        .map(ScoringApiTest::described)
                        .map(call -> call.substring(0, call.lastIndexOf(' ')))
                        .filter(call -> !call.startsWith("ANY") && !call.contains(FILES)))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void functionsGetJsonAsTextAndMlflowGetsUploadsUnchanged() {
        assertThat(PROD.resources("AWS::ApiGateway::RestApi")
                        .getFirst()
                        .properties()
                        .at("BinaryMediaTypes")
                        .list())
                .extracting(Node::text)
                .contains("application/octet-stream", "image/*", "multipart/form-data")
                .doesNotContain("*/*", "application/*", "application/json");
    }

    /// By default, the API's own address accepts TLS 1.0.
    @Test
    void callsNeedTls12AtLeast() {
        assertThat(PROD.resources("AWS::ApiGateway::RestApi"))
                .singleElement()
                .satisfies(api -> assertThat(api.properties().map())
                        .containsEntry("SecurityPolicy", "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09")
                        .containsEntry("EndpointAccessMode", "STRICT"));
    }

    /// Whoever guesses passwords is slowed down; clerks, who may share an address, are not.
    @Test
    void anAddressMaySendAThousandNamesAndPasswordsInFiveMinutes() {
        var rule = PROD.resource("AWS::WAFv2::WebACL", "ScoringApiLoginLimit")
                .properties()
                .at("Rules")
                .list()
                .getFirst();
        var rate = rule.at("Statement", "RateBasedStatement");
        assertThat(rate.map())
                .containsEntry("AggregateKeyType", "IP")
                .containsEntry("Limit", 1000)
                .containsEntry("EvaluationWindowSec", 300);
        assertThat(rate.at("ScopeDownStatement", "ByteMatchStatement").map())
                .containsEntry("FieldToMatch", Map.of("SingleHeader", Map.of("Name", "authorization")))
                .containsEntry("PositionalConstraint", "STARTS_WITH")
                .containsEntry("SearchString", "basic ");
        assertThat(rule.at("Action", "Block", "CustomResponse", "ResponseCode").value())
                .isEqualTo(429);
        assertThat(PROD.resources("AWS::WAFv2::WebACLAssociation"))
                .singleElement()
                .satisfies(association -> assertThat(
                                association.properties().at("ResourceArn").text())
                        .contains("/restapis/", "/stages/"));
    }

    @Test
    void eachClientIsThrottledAndHasAQuota() {
        assertThat(PROD.resources("AWS::ApiGateway::UsagePlan")).singleElement().satisfies(plan -> {
            assertThat(plan.properties().at("UsagePlanName").text()).isEqualTo("vowcheck-prod-client-clerks");
            assertThat(plan.properties().at("Throttle").map()).isEqualTo(Map.of("RateLimit", 100, "BurstLimit", 200));
            assertThat(plan.properties().at("Quota").map()).isEqualTo(Map.of("Period", "DAY", "Limit", 500_000));
        });
        assertThat(Synthesized.of("local").resources("AWS::ApiGateway::UsagePlan"))
                .extracting(plan -> plan.properties().at("UsagePlanName").text())
                .containsExactlyInAnyOrder("vowcheck-local-client-clerks", "vowcheck-local-client-portal");
    }

    /// A deployment would delete or change them.
    @Test
    void noKeyIsPartOfTheTemplate() {
        assertThat(PROD.resources("AWS::ApiGateway::ApiKey")).isEmpty();
        assertThat(PROD.resources("AWS::ApiGateway::UsagePlanKey")).isEmpty();
    }

    @Test
    void onlyTheLocalApiHasAnIdOfItsOwn() {
        assertThat(tags("local")).contains(Map.of("Key", "_custom_id_", "Value", "vowcheck"));
        assertThat(tags("prod")).extracting(tag -> tag.get("Key")).containsOnly("project", "stage");
    }

    private static List<Map<String, Object>> tags(String stage) {
        return Synthesized.of(stage)
                .resources("AWS::ApiGateway::RestApi")
                .getFirst()
                .properties()
                .at("Tags")
                .list()
                .stream()
                .map(Node::map)
                .toList();
    }

    @Test
    void theAuthorizersDecisionIsKeptForLessThanAMinuteByTheCredentials() {
        assertThat(PROD.resources("AWS::ApiGateway::Authorizer"))
                .singleElement()
                .satisfies(authorizer -> {
                    assertThat(authorizer.properties().map())
                            .containsEntry("Type", "REQUEST")
                            .containsEntry("AuthorizerResultTtlInSeconds", 55)
                            .containsEntry("IdentitySource", "method.request.header.Authorization");
                    assertThat(authorizer.properties().at("AuthorizerUri").text())
                            .contains("OperatorAuthorizerAuthorizeLive");
                });
    }

    @Test
    void aBrowserIsAskedForAnOperatorsName() {
        var unauthorized = gatewayResponse("UNAUTHORIZED");
        assertThat(unauthorized.properties().at("ResponseParameters").map())
                .containsEntry("gatewayresponse.header.WWW-Authenticate", "'Basic realm=\"vowcheck\"'");
        assertThat(unauthorized.properties().at("StatusCode").text()).isEqualTo("401");
    }

    @Test
    void theGatewaysOwnErrorsAreProblemDetails() {
        var responses = PROD.resources("AWS::ApiGateway::GatewayResponse");
        assertThat(responses)
                .extracting(response -> response.properties().at("ResponseType").text())
                .containsExactlyInAnyOrder(
                        "UNAUTHORIZED",
                        "ACCESS_DENIED",
                        "INVALID_API_KEY",
                        "MISSING_AUTHENTICATION_TOKEN",
                        "RESOURCE_NOT_FOUND",
                        "REQUEST_TOO_LARGE",
                        "UNSUPPORTED_MEDIA_TYPE",
                        "THROTTLED",
                        "QUOTA_EXCEEDED",
                        "AUTHORIZER_FAILURE",
                        "AUTHORIZER_CONFIGURATION_ERROR",
                        "DEFAULT_4XX",
                        "DEFAULT_5XX");
        assertThat(responses).allSatisfy(response -> {
            var body = response.properties()
                    .at("ResponseTemplates", "application/json")
                    .text();
            assertThat(json(body)).containsKeys("type", "title", "detail");
            assertThat(response.properties().at("ResponseParameters").map())
                    .containsEntry("gatewayresponse.header.Content-Type", "'application/problem+json'")
                    .containsEntry("gatewayresponse.header.X-Request-Id", "context.requestId");
            // A $ would be a template variable, and these reveal internals.
            assertThat(body).doesNotContain("$");
        });
    }

    @Test
    void accessLogsTellNothingAboutAPerson() {
        var stage = PROD.resources("AWS::ApiGateway::Stage").getFirst().properties();
        assertThat(stage.at("StageName").text()).isEqualTo("v1");
        assertThat(stage.at("AccessLogSetting", "Format").text().toLowerCase(Locale.ROOT))
                .contains("$context.requestid")
                .doesNotContain("sourceip", "useragent", "authorizer", "$input", "querystring");
        assertThat(stage.at("MethodSettings").list())
                .allSatisfy(setting ->
                        assertThat(setting.at("DataTraceEnabled").isTrue()).isFalse());
    }

    /// Method, path and access.
    private static List<String> documentedCalls() throws IOException {
        try (var document = Objects.requireNonNull(Documentation.class.getResourceAsStream("openapi.json"))) {
            var paths = new Node(new ObjectMapper().readValue(document, Object.class)).at("paths");
            return paths.map().keySet().stream()
                    .flatMap(path -> paths.at(path).map().keySet().stream()
                            .map(method -> documentedCall(path, method, paths.at(path, method, "security"))))
                    .toList();
        }
    }

    private static String documentedCall(String path, String method, Node security) {
        var access = security.list().isEmpty()
                ? "public"
                : security.list().getFirst().map().containsKey("apiKey") ? "key" : "operators";
        return method.toUpperCase(Locale.ROOT) + " " + path + " " + access;
    }

    private static String described(Resource method) {
        var properties = method.properties();
        var access = properties.at("ApiKeyRequired").isTrue()
                ? "key"
                : properties.at("AuthorizerId").text().contains("OperatorAuthorizer") ? "operators" : "public";
        var answers =
                List.of("ScoringLive", "OperationsLive", "ErasureLive", "PublicLive", "ExperimentTrackingBalancer")
                        .stream()
                        .filter(properties.at("Integration", "Uri").text()::contains)
                        .collect(Collectors.joining());
        return String.join(
                " ",
                properties.at("HttpMethod").text(),
                path(properties.at("ResourceId").text()),
                access,
                answers);
    }

    private static String path(String reference) {
        return PROD.resources("AWS::ApiGateway::Resource").stream()
                .filter(resource -> reference.equals("${" + resource.logicalId() + "}"))
                .map(resource -> parent(resource) + "/"
                        + resource.properties().at("PathPart").text())
                .findAny()
                .orElse("/");
    }

    private static String parent(Resource resource) {
        var path = path(resource.properties().at("ParentId").text());
        return path.equals("/") ? "" : path;
    }

    private static Resource gatewayResponse(String type) {
        return PROD.resources("AWS::ApiGateway::GatewayResponse").stream()
                .filter(response ->
                        response.properties().at("ResponseType").text().equals(type))
                .findAny()
                .orElseThrow();
    }

    private static Map<String, Object> json(String text) throws IOException {
        return new Node(new ObjectMapper().readValue(text, Object.class)).map();
    }
}
