package vowcheck.infra.mlflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigateway.ConnectionType;
import software.amazon.awscdk.services.apigateway.Integration;
import software.amazon.awscdk.services.apigateway.IntegrationOptions;
import software.amazon.awscdk.services.apigateway.IntegrationResponse;
import software.amazon.awscdk.services.apigateway.IntegrationType;
import software.amazon.awscdk.services.apigateway.MethodResponse;
import software.amazon.awscdk.services.apigateway.MockIntegration;
import software.amazon.awscdk.services.apigateway.PassthroughBehavior;
import software.amazon.awscdk.services.apigateway.ResponseTransferMode;
import software.amazon.awscdk.services.apigateway.VpcLink;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.DeploymentCircuitBreaker;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.ICluster;
import software.amazon.awscdk.services.ecs.LoadBalancerTargetOptions;
import software.amazon.awscdk.services.ecs.PortMapping;
import software.amazon.awscdk.services.ecs.Secret;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddNetworkTargetsProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseNetworkListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.HealthCheck;
import software.amazon.awscdk.services.elasticloadbalancingv2.INetworkTargetGroup;
import software.amazon.awscdk.services.elasticloadbalancingv2.NetworkLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.Protocol;
import software.constructs.Construct;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.deployment.DeployedContainer;
import vowcheck.adapters.mlflow.Mlflow;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.data.TrackingSecrets;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.programs.ContainerTask;
import vowcheck.infra.programs.MlflowAccess;
import vowcheck.infra.stage.Stage;
import vowcheck.lambda.OperatorAuthorizerHandler;

/// MLflow: one container behind an internal load balancer. Its users and its store are in PostgreSQL, its artifacts
/// in the model bucket. Functions and training call it within the network, operators through the API. On a stage where
/// it is down, there is only what keeps its state and its permissions.
public final class TrackingServer extends Construct {
    /// The path of its own static files below its own path; also the value of [#ACCESS_HEADER] on the way there.
    public static final String STATIC_FILES = "static-files";

    /// Tells MLflow by which way of the API a request came; `mlflow/pages.py` reads it.
    private static final String ACCESS_HEADER = "X-Vowcheck-Access";

    /// Tells MLflow which operator calls; `mlflow/operators.py` reads it.
    private static final String OPERATOR_HEADER = "X-Vowcheck-Operator";

    private static final String NOTHING = "'none'";

    /// The media types of the artifacts that clients may upload through the API; API Gateway takes any other for
    /// text.
    public static final List<String> UPLOADS = List.of(
            "application/gzip",
            "application/octet-stream",
            "application/pdf",
            "application/x-protobuf",
            "application/x-tar",
            "application/zip",
            "audio/*",
            "image/*",
            "multipart/form-data",
            "video/*");

    /// Where the image has MLflow.
    private static final String CODE_FOLDER = "/opt/mlflow";

    private static final int CPU = 512;

    /// No host, for ever (RFC 2606): who calls MLflow while it is down learns that it does not answer.
    private static final String NOWHERE = "mlflow.invalid";

    private static final String UNAVAILABLE = "503";

    /// Twice what its one worker needs.
    private static final int MEMORY_MIB = 1024;

    /// The stores of MLflow's server that have a pool of connections: experiments, models, users, workspaces.
    private static final int POOLS = 4;

    /// Of each pool: connections that stay open, and those that are opened beyond them.
    private static final int KEPT = 3;

    private static final int BEYOND = 2;

    private final int port;
    private final String prefix;
    private final String host;
    private final SecurityGroup callers;
    private final ContainerDefinition container;
    private final Optional<Served> served;
    private final TrackingSecrets secrets;

    /// What there is of it while it is up.
    private record Served(FargateService service, INetworkTargetGroup targets, VpcLink link) {}

    /// What MLflow is made of and works on.
    ///
    /// @param imageFolder where its Dockerfile is
    /// @param apiStage the first segment of every path of the API, by which browsers reach MLflow
    public record Props(
            Stage stage,
            String imageFolder,
            String apiStage,
            ICluster cluster,
            Network network,
            DatabaseServer database,
            ModelBucket models,
            TrackingSecrets secrets) {}

    public TrackingServer(Construct scope, String id, Props props) {
        super(scope, id);
        port = props.stage().tracking().port();
        // MLflow's pages refer to their parts by the path that a browser sees.
        prefix = "/" + props.apiStage() + "/" + OperatorAuthorizerHandler.MLFLOW_PATH;
        secrets = props.secrets();
        callers = callers(props.network());
        var balanced = props.stage().tracking().state() == Stage.Tracking.UP
                ? Optional.of(balancer(props))
                : Optional.<NetworkLoadBalancer>empty();
        host = balanced.map(NetworkLoadBalancer::getLoadBalancerDnsName).orElse(NOWHERE);
        var task = new ContainerTask(
                this,
                "Task",
                new ContainerTask.Props(
                        props.stage(),
                        props.network(),
                        DeployedContainer.MLFLOW,
                        "What MLflow may do",
                        CODE_FOLDER,
                        CPU,
                        MEMORY_MIB));
        environment(props).forEach(task::set);
        task.set("MLFLOW_SQLALCHEMYSTORE_POOL_SIZE", String.valueOf(KEPT));
        task.set("MLFLOW_SQLALCHEMYSTORE_MAX_OVERFLOW", String.valueOf(BEYOND));
        container = task.add(
                props.imageFolder(),
                ContainerDefinitionOptions.builder()
                        .secrets(new TreeMap<>(Map.of(
                                "DATABASE_PASSWORD",
                                        Secret.fromSecretsManager(
                                                props.database().secret(DatabaseRole.MLFLOW), "password"),
                                "MLFLOW_ADMIN_PASSWORD", Secret.fromSecretsManager(secrets.admin(), "password"),
                                "MLFLOW_FLASK_SERVER_SECRET_KEY", Secret.fromSecretsManager(secrets.sessions()))))
                        .portMappings(List.of(
                                PortMapping.builder().containerPort(port).build()))
                        .stopTimeout(Duration.seconds(30)));
        props.models().grantTracking(task.grantee());
        props.database().admit(task.group());
        props.database().expect(name(props), POOLS * (KEPT + BEYOND) * task.mostAtOnce());
        served = balanced.map(up -> served(props, up, task));
        explainToNag(task);
    }

    /// Who may call the load balancer; programs are admitted whether MLflow is up or not.
    private SecurityGroup callers(Network network) {
        var group = SecurityGroup.Builder.create(this, "Callers")
                .vpc(network.vpc())
                .description("Access to the load balancer of MLflow")
                .allowAllOutbound(false)
                .build();
        group.addEgressRule(Network.everything(), Port.tcp(port), "MLflow");
        return group;
    }

    private NetworkLoadBalancer balancer(Props props) {
        var network = props.network();
        var balancer = NetworkLoadBalancer.Builder.create(this, "Balancer")
                // In lower case, unlike the names that CloudFormation makes up: the host name begins with it, clients
                // send host names in lower case, and MLflow compares them exactly.
                .loadBalancerName(name(props))
                .vpc(network.vpc())
                .vpcSubnets(network.privateSubnets())
                .internetFacing(false)
                .crossZoneEnabled(true)
                .securityGroups(List.of(callers))
                // The API uses a private link, which has no security group of this network; only this account can
                // use it.
                .enforceSecurityGroupInboundRulesOnPrivateLinkTraffic(false)
                .build();
        Nag.accept(balancer, "AwsSolutions-ELB2", "The API's access log has every call of an operator");
        return balancer;
    }

    private Served served(Props props, NetworkLoadBalancer balancer, ContainerTask task) {
        var network = props.network();
        var access = SecurityGroup.Builder.create(this, "Access")
                .vpc(network.vpc())
                .description("Access to MLflow")
                .allowAllOutbound(false)
                .build();
        access.addIngressRule(callers, Port.tcp(port), "The load balancer");
        var service = FargateService.Builder.create(this, "Service")
                .serviceName(name(props))
                .cluster(props.cluster())
                .taskDefinition(task.definition())
                .desiredCount(1)
                // The old container stops first, so that two versions never use one schema; operators wait for a
                // minute.
                .minHealthyPercent(0)
                .maxHealthyPercent(100)
                .circuitBreaker(
                        DeploymentCircuitBreaker.builder().rollback(true).build())
                .healthCheckGracePeriod(Duration.minutes(3))
                .vpcSubnets(network.privateSubnets())
                .securityGroups(List.of(task.group(), access))
                .assignPublicIp(false)
                .build();
        // CDK does this for the task's role only; without the execution role's rights, ECS cannot fetch the secrets.
        service.getNode().addDependency(task.definition().obtainExecutionRole());
        var targets = balancer.addListener(
                        "Listener",
                        BaseNetworkListenerProps.builder()
                                .port(port)
                                .protocol(Protocol.TCP)
                                .build())
                .addTargets(
                        "Targets",
                        AddNetworkTargetsProps.builder()
                                .port(port)
                                .protocol(Protocol.TCP)
                                .targets(List.of(service.loadBalancerTarget(LoadBalancerTargetOptions.builder()
                                        .containerName(DeployedContainer.MLFLOW.containerName())
                                        .containerPort(port)
                                        .build())))
                                .deregistrationDelay(Duration.seconds(10))
                                .healthCheck(HealthCheck.builder()
                                        .protocol(Protocol.HTTP)
                                        .path(prefix + "/health")
                                        .interval(Duration.seconds(15))
                                        .build())
                                .build());
        var link = VpcLink.Builder.create(this, "Link")
                .vpcLinkName(name(props))
                .targets(List.of(balancer))
                .build();
        return new Served(service, targets, link);
    }

    private static String name(Props props) {
        return props.stage().resourceName(DeployedContainer.MLFLOW.containerName());
    }

    /// How programs in the network call MLflow.
    public MlflowAccess access() {
        return new MlflowAccess(url(), secrets.admin(), callers, port);
    }

    /// Makes MLflow accept requests from pages of these origins, in which `*` stands for anything.
    public void acceptBrowsersFrom(List<String> origins) {
        container.addEnvironment("MLFLOW_CORS_ORIGINS", String.join(",", origins));
    }

    /// The API's integration for operators' pages and calls: MLflow gets its own credentials in place of theirs, and
    /// their name.
    ///
    /// @param path what follows the prefix, such as `/{proxy}`
    /// @param proxy where the request has the path's variable, if it has one
    public Integration operatorsCalls(String path, String... proxy) {
        return integration(
                "ANY",
                path,
                Map.of(
                        "Authorization",
                        "context.authorizer." + OperatorAuthorizerHandler.MLFLOW_AUTHORIZATION,
                        OPERATOR_HEADER,
                        "context.authorizer." + OperatorAuthorizerHandler.MLFLOW_USER,
                        ACCESS_HEADER,
                        "'operators'"),
                proxy);
    }

    /// The API's integration for files that everyone may read. No credentials are passed on: an empty value is no
    /// valid mapping, hence the text.
    public Integration staticFiles(String method, String path, String... proxy) {
        return integration(
                method,
                path,
                Map.of(
                        "Authorization",
                        NOTHING,
                        "Cookie",
                        NOTHING,
                        "X-Api-Key",
                        NOTHING,
                        OPERATOR_HEADER,
                        NOTHING,
                        ACCESS_HEADER,
                        "'" + STATIC_FILES + "'"),
                proxy);
    }

    private Integration integration(String method, String path, Map<String, String> headers, String... proxy) {
        var parameters = new TreeMap<String, String>();
        headers.forEach((name, value) -> parameters.put("integration.request.header." + name, value));
        for (var place : proxy) {
            parameters.put("integration.request.path.proxy", place);
        }
        if (served.isEmpty()) {
            return down();
        }
        return Integration.Builder.create()
                .type(IntegrationType.HTTP_PROXY)
                .integrationHttpMethod(method)
                .uri(url() + path)
                .options(IntegrationOptions.builder()
                        // Unchanged and unlimited: a buffered answer to a browser's */*, such as a font or an
                        // artifact, would be taken for text, and could not exceed 10 MB.
                        .responseTransferMode(ResponseTransferMode.STREAM)
                        .connectionType(ConnectionType.VPC_LINK)
                        .vpcLink(served.get().link())
                        .requestParameters(parameters)
                        .build())
                .build();
    }

    /// The answer of API Gateway itself while MLflow is down.
    private static Integration down() {
        return MockIntegration.Builder.create()
                .requestTemplates(Map.of("application/json", "{\"statusCode\": 503}"))
                .passthroughBehavior(PassthroughBehavior.NEVER)
                .integrationResponses(List.of(IntegrationResponse.builder()
                        .statusCode(UNAVAILABLE)
                        .responseTemplates(Map.of(
                                "application/json",
                                "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                                        + "\"detail\":\"MLflow is down on this stage: ./vowcheck mlflow up\"}"))
                        .build()))
                .build();
    }

    /// What the methods of the API declare that they may answer; nothing while MLflow itself answers.
    public List<MethodResponse> answers() {
        return served.isPresent()
                ? List.of()
                : List.of(MethodResponse.builder().statusCode(UNAVAILABLE).build());
    }

    /// The service, which must not start before the database has its role; none while MLflow is down.
    public Optional<FargateService> service() {
        return served.map(Served::service);
    }

    /// How many containers are healthy, of one; nothing while MLflow is down.
    public Optional<IMetric> healthy(MetricOptions options) {
        return served.map(up -> up.targets().getMetrics().healthyHostCount(options));
    }

    private String url() {
        return "http://" + host + ":" + port + prefix;
    }

    private Map<String, String> environment(Props props) {
        return Map.of(
                "DATABASE_HOST",
                props.database().host(),
                "DATABASE_PORT",
                props.database().port(),
                "DATABASE_USER",
                DatabaseRole.MLFLOW.roleName(),
                "DATABASE_SSL_MODE",
                props.stage().database().sslMode().libpqName(),
                "DATABASE_ROOT_CERTIFICATES",
                CODE_FOLDER + "/" + DatabaseServer.CERTIFICATES,
                "MLFLOW_PORT",
                String.valueOf(port),
                "MLFLOW_STATIC_PREFIX",
                prefix,
                "ARTIFACTS",
                "s3://" + props.models().bucket().getBucketName() + "/" + BucketKeys.ARTIFACTS,
                "LANDING_EXPERIMENT",
                Mlflow.EXPERIMENT,
                "MLFLOW_ALLOWED_HOSTS",
                host + ":" + port + "," + host);
    }

    private void explainToNag(ContainerTask task) {
        task.explainToNag();
    }
}
