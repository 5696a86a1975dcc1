package vowcheck.infra.api;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.AccessLogField;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.ApiKey;
import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.IResource;
import software.amazon.awscdk.services.apigateway.Integration;
import software.amazon.awscdk.services.apigateway.LambdaIntegration;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.Period;
import software.amazon.awscdk.services.apigateway.QuotaSettings;
import software.amazon.awscdk.services.apigateway.Resource;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.apigateway.ThrottleSettings;
import software.amazon.awscdk.services.apigateway.UsagePlanPerApiStage;
import software.amazon.awscdk.services.apigateway.UsagePlanProps;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;
import vowcheck.infra.data.AccessSecrets;
import vowcheck.infra.mlflow.TrackingServer;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.infra.stage.AllowedCallers;
import vowcheck.infra.stage.Stage;
import vowcheck.lambda.http.ApiRoute;

/// The HTTP API. Scoring needs the clerks' API key, operators' calls pass the [OperatorAuthorizer], and every
/// other path or method goes to the scoring function, which says 404 or 405 in our own words (API Gateway's
/// would be a 403).
public final class ScoringApi extends Construct {
    /// The stage's name, which every URL begins with.
    public static final String STAGE_NAME = "v1";

    /// Nothing about the applicant and nothing about the caller but which key it was: bodies, addresses and
    /// user agents are left out.
    private static final AccessLogFormat LOG_FORMAT = AccessLogFormat.custom(String.join(
            "",
            "{\"time\":\"" + AccessLogField.contextRequestTime() + "\"",
            ",\"request_id\":\"" + AccessLogField.contextRequestId() + "\"",
            ",\"method\":\"" + AccessLogField.contextHttpMethod() + "\"",
            ",\"path\":\"" + AccessLogField.contextResourcePath() + "\"",
            ",\"status\":\"" + AccessLogField.contextStatus() + "\"",
            ",\"milliseconds\":\"" + AccessLogField.contextResponseLatency() + "\"",
            ",\"bytes\":\"" + AccessLogField.contextResponseLength() + "\"",
            ",\"api_key_id\":\"" + AccessLogField.contextIdentityApiKeyId() + "\"",
            ",\"refusal\":\"" + AccessLogField.contextErrorResponseType() + "\"}"));

    private final RestApi api;

    /// What answers, and who may ask.
    ///
    /// @param scoring answers the clerks, and every path that nobody else serves
    /// @param operations answers the operators
    public record Props(
            Stage stage,
            HandlerFunction scoring,
            HandlerFunction operations,
            OperatorAuthorizer operators,
            TrackingServer tracking,
            AccessSecrets access) {}

    public ScoringApi(Construct scope, String id, Props props) {
        super(scope, id);
        var stage = props.stage();
        var accessLog = LogGroup.Builder.create(this, "AccessLog")
                .retention(stage.observation().logRetention())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        var callers = stage.api().callers();
        api = RestApi.Builder.create(this, "RestApi")
                .restApiName(stage.resourceName("scoring"))
                .description("Scores loan applications with the probability of an early divorce")
                .endpointTypes(List.of(EndpointType.REGIONAL))
                // What goes to MLflow as it is; its answers are streamed, and need no entry. Not */*: a function
                // would get its JSON in Base64, and a third less of it in the 6 MB of its event.
                .binaryMediaTypes(TrackingServer.UPLOADS)
                .policy(callers instanceof AllowedCallers.FromNetworks from ? only(from.networks()) : null)
                // The account's one role by which API Gateway writes access logs.
                .cloudWatchRole(true)
                .cloudWatchRoleRemovalPolicy(stage.dataRemoval())
                .deployOptions(StageOptions.builder()
                        .stageName(STAGE_NAME)
                        .tracingEnabled(true)
                        .throttlingRateLimit(stage.api().limits().requestsPerSecond())
                        .throttlingBurstLimit(stage.api().limits().burst())
                        .accessLogDestination(new LogGroupLogDestination(accessLog))
                        .accessLogFormat(LOG_FORMAT)
                        .build())
                .build();
        GatewayAnswers.addTo(api);
        addMethods(props);
        addClerksKey(stage, props.access());
        explainToNag();
    }

    /// The API's id, of which URLs are made.
    public String id() {
        return api.getRestApiId();
    }

    /// The API's address on AWS, with the stage's name.
    public String url() {
        return api.getUrl();
    }

    /// Answers with 5xx, from our functions or from API Gateway itself.
    public IMetric serverErrors(MetricOptions options) {
        return api.metricServerError(options);
    }

    private void addMethods(Props props) {
        var scoring = integration(props.scoring());
        var operations = integration(props.operations());
        var clerks = MethodOptions.builder()
                .apiKeyRequired(true)
                .authorizationType(
                        props.stage().api().callers() instanceof AllowedCallers.Signed
                                ? AuthorizationType.IAM
                                : AuthorizationType.NONE)
                .build();
        var operators = MethodOptions.builder()
                .authorizer(props.operators().authorizer())
                .build();
        var root = api.getRoot();
        var paths = new HashSet<String>();
        for (var route : ApiRoute.values()) {
            var resource = root.resourceForPath(route.path());
            var function = route.access() == ApiRoute.Access.OPERATOR ? operations : scoring;
            switch (route.access()) {
                case API_KEY -> resource.addMethod(route.method(), function, clerks);
                case OPERATOR -> resource.addMethod(route.method(), function, operators);
                case OPEN -> {} // as every other method of its path
            }
            if (paths.add(route.path())) {
                addRest(resource, function);
            }
        }
        addRest(root.addResource("{proxy+}"), scoring);
        props.tracking().acceptBrowsersFrom(origins(props.stage()));
        addTracking(root.addResource(TrackingServer.PATH), props.tracking(), operators);
        addRest(root, scoring);
    }

    private void addTracking(Resource pages, TrackingServer tracking, MethodOptions operators) {
        pages.addMethod("ANY", tracking.integration("/", Map.of()), operators);
        pages.addResource("{proxy+}")
                .addMethod(
                        "ANY",
                        tracking.integration(
                                "/{proxy}", Map.of("integration.request.path.proxy", "method.request.path.proxy")),
                        MethodOptions.builder()
                                .authorizer(operators.getAuthorizer())
                                .requestParameters(Map.of("method.request.path.proxy", true))
                                .build());
    }

    /// Lets everybody in, and whoever comes from elsewhere not: a refusal outweighs what the authorizer allows.
    private static PolicyDocument only(List<String> networks) {
        var invoke = List.of("execute-api:Invoke");
        var everything = List.of("execute-api:/*");
        return PolicyDocument.Builder.create()
                .statements(List.of(
                        PolicyStatement.Builder.create()
                                .effect(Effect.ALLOW)
                                .principals(List.of(new AnyPrincipal()))
                                .actions(invoke)
                                .resources(everything)
                                .build(),
                        PolicyStatement.Builder.create()
                                .effect(Effect.DENY)
                                .principals(List.of(new AnyPrincipal()))
                                .actions(invoke)
                                .resources(everything)
                                .conditions(Map.of("NotIpAddress", Map.of("aws:SourceIp", networks)))
                                .build()))
                .build();
    }

    /// The addresses at which a browser sees this API.
    private List<String> origins(Stage stage) {
        var own = "https://" + id() + ".execute-api." + Stack.of(this).getRegion() + "."
                + Stack.of(this).getUrlSuffix();
        return Stream.concat(
                        Stream.of(own),
                        stage.tracking().origins().stream().map(origin -> origin.replace("{api}", id())))
                .toList();
    }

    /// Any other method goes, without key or operator, to the function that knows the path and answers 405.
    private static void addRest(IResource resource, Integration function) {
        resource.addMethod("ANY", function);
    }

    private static LambdaIntegration integration(HandlerFunction function) {
        return LambdaIntegration.Builder.create(function.live())
                // One permission for the API instead of one or two for each method.
                .scopePermissionToMethod(false)
                .build();
    }

    private void addClerksKey(Stage stage, AccessSecrets access) {
        var key = ApiKey.Builder.create(this, "ClerksKey")
                .apiKeyName(stage.resourceName("clerks"))
                .description("The clerks' application")
                // Not the key itself but where CloudFormation finds it.
                .value(access.apiKey().getSecretValue().unsafeUnwrap())
                .build();
        var limits = stage.api().limits();
        api.addUsagePlan(
                        "Clerks",
                        UsagePlanProps.builder()
                                .name(stage.resourceName("clerks"))
                                .throttle(ThrottleSettings.builder()
                                        .rateLimit(limits.requestsPerSecond())
                                        .burstLimit(limits.burst())
                                        .build())
                                .quota(QuotaSettings.builder()
                                        .limit(limits.requestsPerDay())
                                        .period(Period.DAY)
                                        .build())
                                .apiStages(List.of(UsagePlanPerApiStage.builder()
                                        .api(api)
                                        .stage(api.getDeploymentStage())
                                        .build()))
                                .build())
                .addApiKey(key);
    }

    private void explainToNag() {
        Nag.accept(
                this,
                "AwsSolutions-APIG2",
                "The functions check requests and name every fault, which API Gateway's validator does not");
        Nag.accept(
                this,
                "AwsSolutions-APIG4",
                "Scoring needs an API key, operators' calls the authorizer; all else only says 404 or 405, or is documentation");
        Nag.accept(this, "AwsSolutions-COG4", "The callers are one application and a few operators, no Cognito users");
        Nag.accept(this, "AwsSolutions-APIG3", "Callers have keys and quotas, and Lambda scales behind a throttle");
        Nag.accept(this, "AwsSolutions-APIG6", "Execution logs can hold applicants' data; access logs say enough");
        Nag.accept(
                this, "AwsSolutions-IAM4", "The managed policy is the one that API Gateway's documentation asks for");
    }
}
