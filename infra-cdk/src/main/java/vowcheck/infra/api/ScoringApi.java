package vowcheck.infra.api;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.AccessLogField;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.CfnRestApi;
import software.amazon.awscdk.services.apigateway.DomainName;
import software.amazon.awscdk.services.apigateway.DomainNameOptions;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.LambdaIntegration;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.MethodDeploymentOptions;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigateway.SecurityPolicy;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.constructs.Construct;
import vowcheck.infra.mlflow.TrackingServer;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.infra.stage.AllowedCallers;
import vowcheck.infra.stage.Stage;
import vowcheck.lambda.http.ApiRoute;
import vowcheck.lambda.observation.Metric;

/// The HTTP API, built from the [ApiRoute]s. Scoring needs a client's API key, and operators' and auditors' calls pass
/// the [OperatorAuthorizer]. Every other path or method goes to the public function, which answers 404 or 405; API
/// Gateway
/// itself would answer 403.
public final class ScoringApi extends Construct {
    /// The stage's name, the first segment of every path.
    public static final String STAGE_NAME = "v1";

    /// Nothing about the applicant, and nothing about the caller except the id of the key: bodies, addresses and
    /// user agents are left out.
    private static AccessLogFormat logFormat(Stage stage) {
        return AccessLogFormat.custom(String.join(
                "",
                "{\"time\":\"" + AccessLogField.contextRequestTime() + "\"",
                // A dimension of the metrics that are made of the log.
                ",\"" + STAGE + "\":\"" + stage.name() + "\"",
                ",\"request_id\":\"" + AccessLogField.contextRequestId() + "\"",
                ",\"method\":\"" + AccessLogField.contextHttpMethod() + "\"",
                ",\"path\":\"" + AccessLogField.contextResourcePath() + "\"",
                ",\"status\":\"" + AccessLogField.contextStatus() + "\"",
                ",\"milliseconds\":\"" + AccessLogField.contextResponseLatency() + "\"",
                ",\"bytes\":\"" + AccessLogField.contextResponseLength() + "\"",
                ",\"api_key_id\":\"" + AccessLogField.contextIdentityApiKeyId() + "\"",
                ",\"refusal\":\"" + AccessLogField.contextErrorResponseType() + "\"}"));
    }

    /// The limits of each method that needs neither a key nor a password. They are the stage's default, so that only
    /// a method that is named gets more: API Gateway has no setting for ANY.
    private static final int PUBLIC_RATE = 20;

    private static final int PUBLIC_BURST = 40;

    /// Calls with a client's key that were refused with 429. API Gateway itself measures all 4xx answers together,
    /// and anyone can cause those of the other calls.
    private static final String THROTTLED = "Throttled";

    private static final String THROTTLED_PATTERN = Arrays.stream(ApiRoute.values())
            .filter(route -> route.access() == ApiRoute.Access.API_KEY)
            .map(route -> "$.path = \"" + route.path() + "\"")
            .collect(Collectors.joining(" || ", "{ $.status = \"429\" && (", ") }"));

    /// The field of the access log, and the dimension.
    private static final String STAGE = "stage";

    private final RestApi api;
    private final Stage stage;
    private final Optional<DomainName> domain;

    /// What answers, and who may call.
    public record Props(
            Stage stage,
            HandlerFunction scoring,
            HandlerFunction operations,
            HandlerFunction erasure,
            HandlerFunction publicCalls,
            OperatorAuthorizer operators,
            TrackingServer tracking) {}

    public ScoringApi(Construct scope, String id, Props props) {
        super(scope, id);
        stage = props.stage();
        var accessLog = LogGroup.Builder.create(this, "AccessLog")
                .retention(stage.observation().logRetention())
                .removalPolicy(stage.dataRemoval())
                .build();
        var callers = stage.api().callers();
        api = RestApi.Builder.create(this, "RestApi")
                .restApiName(stage.resourceName("scoring"))
                .description("Scores loan applications with the probability of an early divorce")
                .endpointTypes(List.of(EndpointType.REGIONAL))
                // Bodies of these types reach MLflow unchanged. With */*, functions would get JSON in Base64, a
                // third longer, in events of at most 6 MB. MLflow's answers are streamed and need no entry.
                .binaryMediaTypes(TrackingServer.UPLOADS)
                .policy(callers instanceof AllowedCallers.FromNetworks from ? only(from.networks()) : null)
                // The role by which API Gateway writes access logs; an account has only one.
                .cloudWatchRole(true)
                .cloudWatchRoleRemovalPolicy(stage.dataRemoval())
                .deployOptions(StageOptions.builder()
                        .stageName(STAGE_NAME)
                        .tracingEnabled(true)
                        .throttlingRateLimit(PUBLIC_RATE)
                        .throttlingBurstLimit(PUBLIC_BURST)
                        .methodOptions(methodLimits(stage.api().limits()))
                        .accessLogDestination(new LogGroupLogDestination(accessLog))
                        .accessLogFormat(logFormat(stage))
                        .build())
                .build();
        stage.api().pinnedId().ifPresent(this::pin);
        refuseOldTls();
        domain = stage.api().customDomain().map(this::named);
        MetricFilter.Builder.create(this, "ThrottledCalls")
                .logGroup(accessLog)
                .filterPattern(FilterPattern.literal(THROTTLED_PATTERN))
                .metricNamespace(Metric.NAMESPACE)
                .metricName(THROTTLED)
                .metricValue("1")
                .dimensions(Map.of(STAGE, "$." + STAGE))
                .build();
        GatewayAnswers.addTo(api);
        addMethods(props);
        new ClientPlans(this, "Clients", stage, api);
        if (stage.limits().loginsPerAddress() > 0) {
            new LoginLimit(this, "LoginLimit", stage, api.getDeploymentStage());
        }
        explainToNag();
    }

    /// From TLS 1.2 on, and there only with forward secrecy: by default, the API's own address also accepts TLS
    /// 1.0.
    private void refuseOldTls() {
        var rest = (CfnRestApi) Objects.requireNonNull(api.getNode().getDefaultChild());
        rest.setSecurityPolicy("SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09");
        // Such a policy needs a mode. This one also refuses calls whose host name in TLS is not that of the request.
        rest.setEndpointAccessMode("STRICT");
    }

    /// Gives the API an id that LocalStack takes from a tag. On AWS, nobody can choose one.
    private void pin(String apiId) {
        ((CfnRestApi) Objects.requireNonNull(api.getNode().getDefaultChild()))
                .getTags()
                .setTag("_custom_id_", apiId);
    }

    /// The API's id, which is part of its URLs.
    public String id() {
        return api.getRestApiId();
    }

    /// The API's address on AWS, including the stage's name; with its own host name, if it has one.
    public String url() {
        return domain.isEmpty() ? api.getUrl() : "https://" + domain.get().getDomainName() + "/" + STAGE_NAME + "/";
    }

    /// What the DNS record of its own host name has to point to.
    public Optional<String> domainTarget() {
        return domain.map(DomainName::getDomainNameAliasDomainName);
    }

    /// The same paths as at the API's own host name: MLflow's pages contain the stage's name.
    private DomainName named(Stage.CustomDomain custom) {
        return api.addDomainName(
                "Domain",
                DomainNameOptions.builder()
                        .domainName(custom.name())
                        .certificate(Certificate.fromCertificateArn(this, "Certificate", custom.certificateArn()))
                        .endpointType(EndpointType.REGIONAL)
                        .securityPolicy(SecurityPolicy.TLS_1_2)
                        .basePath(STAGE_NAME)
                        .build());
    }

    /// The number of 5xx answers, from functions or from API Gateway itself.
    public IMetric serverErrors(MetricOptions options) {
        return api.metricServerError(options);
    }

    /// The number of clients' calls that were refused with 429, because of the limits of the method, or of the key.
    public IMetric throttledCalls(MetricOptions options) {
        return software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
                .namespace(Metric.NAMESPACE)
                .metricName(THROTTLED)
                .dimensionsMap(Map.of(STAGE, stage.name()))
                .statistic(options.getStatistic())
                .period(options.getPeriod())
                .build();
    }

    private void addMethods(Props props) {
        var scoring = integration(props.scoring());
        var operations = integration(props.operations());
        var erasure = integration(props.erasure());
        var publicCalls = integration(props.publicCalls());
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
        var anyone = MethodOptions.builder().build();
        var root = api.getRoot();
        for (var route : ApiRoute.values()) {
            var resource = root.resourceForPath(route.path());
            var function = switch (route.function()) {
                case SCORING -> scoring;
                case OPERATIONS -> operations;
                case ERASURE -> erasure;
                case PUBLIC -> publicCalls;
            };
            var access = switch (route.access()) {
                case API_KEY -> clerks;
                case OPERATOR, AUDITOR -> operators;
                case PUBLIC -> anyone;
            };
            route.methods().forEach(method -> resource.addMethod(method, function, access));
        }
        // API Gateway itself would answer 403 at a path that has no method, but with which others begin, such as
        // /predictions.
        ownPaths().forEach(path -> root.resourceForPath(path).addMethod("ANY", publicCalls, anyone));
        root.addResource("{proxy+}").addMethod("ANY", publicCalls, anyone);
        root.addMethod("ANY", publicCalls, anyone);
        props.tracking().acceptBrowsersFrom(origins(props.stage()));
        TrackingRoutes.add(root, props.tracking(), props.operators().authorizer());
    }

    /// The paths of all calls, and those that they begin with.
    private static SortedSet<String> ownPaths() {
        var paths = new TreeSet<String>();
        for (var route : ApiRoute.values()) {
            for (int end = route.path().length(); end > 0; end = route.path().lastIndexOf('/', end - 1)) {
                paths.add(route.path().substring(0, end));
            }
        }
        return paths;
    }

    /// The limits of the methods that need a key or an operator's password, and of MLflow's files.
    private static Map<String, MethodDeploymentOptions> methodLimits(Stage.ApiLimits limits) {
        var usual = MethodDeploymentOptions.builder()
                .throttlingRateLimit(limits.requestsPerSecond())
                .throttlingBurstLimit(limits.burst())
                .build();
        var methods = new TreeMap<>(TrackingRoutes.limits(usual));
        Arrays.stream(ApiRoute.values())
                .filter(route -> route.access() != ApiRoute.Access.PUBLIC)
                .flatMap(route -> route.methods().stream().map(method -> route.path() + "/" + method))
                .forEach(method -> methods.put(method, usual));
        return methods;
    }

    /// Allows everyone, then denies callers outside `networks`: an explicit Deny overrides the authorizer.
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

    /// The origins from which a browser loads pages of this API.
    private List<String> origins(Stage stage) {
        var own = "https://" + id() + ".execute-api." + Stack.of(this).getRegion() + "."
                + Stack.of(this).getUrlSuffix();
        return Stream.concat(
                        Stream.concat(Stream.of(own), domain.stream().map(name -> "https://" + name.getDomainName())),
                        stage.tracking().origins().stream().map(origin -> origin.replace("{api}", id())))
                .toList();
    }

    private static LambdaIntegration integration(HandlerFunction function) {
        return LambdaIntegration.Builder.create(function.live())
                // One permission for the whole API instead of one or two for each method.
                .scopePermissionToMethod(false)
                .build();
    }

    private void explainToNag() {
        Nag.accept(
                this,
                "AwsSolutions-APIG2",
                "The functions validate requests and name every fault; API Gateway's validator does not");
        Nag.accept(
                this,
                "AwsSolutions-APIG4",
                "Scoring needs an API key and operators' calls the authorizer; the others reach a function that has access to nothing, or files of MLflow itself");
        Nag.accept(this, "AwsSolutions-COG4", "The callers are a few programs and operators, not Cognito users");
        Nag.accept(this, "AwsSolutions-APIG3", "Callers have keys and quotas, and throttling protects the functions");
        Nag.accept(this, "AwsSolutions-APIG6", "Execution logs can contain applicants' data; access logs suffice");
        Nag.accept(this, "AwsSolutions-IAM4", "API Gateway's documentation prescribes this managed policy");
    }
}
