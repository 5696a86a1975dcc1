package vowcheck.infra.mlflow;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigateway.ConnectionType;
import software.amazon.awscdk.services.apigateway.Integration;
import software.amazon.awscdk.services.apigateway.IntegrationOptions;
import software.amazon.awscdk.services.apigateway.IntegrationType;
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
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.ServiceStack;
import vowcheck.infra.api.ScoringApi;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.TrackingSecrets;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.programs.ContainerTask;

/// MLflow: one container behind an internal load balancer, with its own users and its store in PostgreSQL, and
/// its artifacts in the model bucket. Functions and training reach it in the network, operators through the
/// API.
public final class TrackingServer extends Construct {
    /// The path below the API's stage.
    public static final String PATH = "mlflow";

    /// The media types of artifacts that clients upload through the API: any other is taken for text.
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

    /// MLflow's pages name their parts by the path that a browser sees, and the API's stage is the first part
    /// of it.
    private static final String PREFIX = "/" + ScoringApi.STAGE_NAME + "/" + PATH;

    private static final int CPU = 512;

    /// Twice what its one worker takes.
    private static final int MEMORY_MIB = 1024;

    private final int port;
    private final NetworkLoadBalancer balancer;
    private final ContainerDefinition container;
    private final FargateService service;
    private final INetworkTargetGroup targets;
    private final VpcLink link;
    private final TrackingSecrets secrets;

    public TrackingServer(Construct scope, String id, ServiceStack.Parts parts, ICluster cluster) {
        super(scope, id);
        port = parts.stage().tracking().port();
        secrets = parts.tracking();
        var network = parts.network();
        var callers = SecurityGroup.Builder.create(this, "Callers")
                .vpc(network.vpc())
                .description("Access to the load balancer of MLflow")
                .build();
        callers.addIngressRule(network.workloads(), Port.tcp(port), "Functions and training");
        balancer = NetworkLoadBalancer.Builder.create(this, "Balancer")
                .vpc(network.vpc())
                .vpcSubnets(network.privateSubnets())
                .internetFacing(false)
                .crossZoneEnabled(true)
                .securityGroups(List.of(callers))
                // The API comes by a private link, which wears no group of ours; the link is for this account only.
                .enforceSecurityGroupInboundRulesOnPrivateLinkTraffic(false)
                .build();
        var access = SecurityGroup.Builder.create(this, "Access")
                .vpc(network.vpc())
                .description("Access to MLflow")
                .allowAllOutbound(false)
                .build();
        access.addIngressRule(callers, Port.tcp(port), "The load balancer");
        var task = new ContainerTask(
                this, "Task", new ContainerTask.Props(parts.stage(), PATH, "What MLflow may do", CPU, MEMORY_MIB));
        container = task.add(
                parts.images().mlflow(),
                ContainerDefinitionOptions.builder()
                        .environment(environment(parts))
                        .secrets(new TreeMap<>(Map.of(
                                "DATABASE_PASSWORD",
                                        Secret.fromSecretsManager(
                                                parts.database().secret(DatabaseRole.MLFLOW), "password"),
                                "MLFLOW_ADMIN_PASSWORD", Secret.fromSecretsManager(secrets.admin(), "password"),
                                "MLFLOW_FLASK_SERVER_SECRET_KEY", Secret.fromSecretsManager(secrets.sessions()))))
                        .portMappings(List.of(
                                PortMapping.builder().containerPort(port).build()))
                        .stopTimeout(Duration.seconds(30)));
        parts.models().grantTracking(task.definition().getTaskRole());
        service = FargateService.Builder.create(this, "Service")
                .serviceName(parts.stage().resourceName(PATH))
                .cluster(cluster)
                .taskDefinition(task.definition())
                .desiredCount(1)
                // The old one goes first: two versions never work on one schema, and operators wait a minute.
                .minHealthyPercent(0)
                .maxHealthyPercent(100)
                .circuitBreaker(
                        DeploymentCircuitBreaker.builder().rollback(true).build())
                .healthCheckGracePeriod(Duration.minutes(3))
                .vpcSubnets(network.privateSubnets())
                .securityGroups(List.of(network.workloads(), access))
                .assignPublicIp(false)
                .build();
        targets = balancer.addListener(
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
                                        .containerName(PATH)
                                        .containerPort(port)
                                        .build())))
                                .deregistrationDelay(Duration.seconds(10))
                                .healthCheck(HealthCheck.builder()
                                        .protocol(Protocol.HTTP)
                                        .path(PREFIX + "/health")
                                        .interval(Duration.seconds(15))
                                        .build())
                                .build());
        link = VpcLink.Builder.create(this, "Link")
                .vpcLinkName(parts.stage().resourceName(PATH))
                .targets(List.of(balancer))
                .build();
        explainToNag(task);
    }

    /// What a function or a task is told, to use MLflow.
    public Map<Setting, String> settings() {
        return Map.of(
                Setting.MLFLOW_URL,
                url(),
                Setting.MLFLOW_SECRET,
                secrets.admin().getSecretArn());
    }

    /// Lets a function or a task of the network work in MLflow.
    public void grantUse(IGrantable user) {
        secrets.admin().grantRead(user);
    }

    /// Makes MLflow take what a browser sends from pages of those origins, in which `*` stands for anything.
    public void acceptBrowsersFrom(List<String> origins) {
        container.addEnvironment("MLFLOW_CORS_ORIGINS", String.join(",", origins));
    }

    /// The API's way to one page or call.
    ///
    /// @param path what follows the prefix, such as `/{proxy}`
    public Integration integration(String path, Map<String, String> requestParameters) {
        var parameters = new TreeMap<>(requestParameters);
        // The operator's own credentials end here.
        parameters.put("integration.request.header.Authorization", "context.authorizer.mlflow_authorization");
        return Integration.Builder.create()
                .type(IntegrationType.HTTP_PROXY)
                .integrationHttpMethod("ANY")
                .uri(url() + path)
                .options(IntegrationOptions.builder()
                        // As MLflow sends it: buffered, what a browser loads as */* would be taken for text, fonts and
                        // artifacts too, and end at 10 MB.
                        .responseTransferMode(ResponseTransferMode.STREAM)
                        .connectionType(ConnectionType.VPC_LINK)
                        .vpcLink(link)
                        .requestParameters(parameters)
                        .build())
                .build();
    }

    /// What runs, and must not run before the database has its role.
    public FargateService service() {
        return service;
    }

    /// How many of its one container are well.
    public IMetric healthy(MetricOptions options) {
        return targets.getMetrics().healthyHostCount(options);
    }

    private String url() {
        return "http://" + balancer.getLoadBalancerDnsName() + ":" + port + PREFIX;
    }

    private Map<String, String> environment(ServiceStack.Parts parts) {
        var host = balancer.getLoadBalancerDnsName();
        return new TreeMap<>(Map.of(
                "DATABASE_HOST",
                parts.database().host(),
                "DATABASE_PORT",
                parts.database().port(),
                "DATABASE_USER",
                DatabaseRole.MLFLOW.roleName(),
                "DATABASE_SSL_MODE",
                parts.stage().database().sslMode().libpqName(),
                "DATABASE_ROOT_CERTIFICATES",
                "/opt/mlflow/" + DatabaseServer.CERTIFICATES,
                "MLFLOW_PORT",
                String.valueOf(port),
                "MLFLOW_STATIC_PREFIX",
                PREFIX,
                "ARTIFACTS",
                "s3://" + parts.models().bucket().getBucketName() + "/" + BucketKeys.ARTIFACTS,
                "MLFLOW_ALLOWED_HOSTS",
                host + ":" + port + "," + host));
    }

    private void explainToNag(ContainerTask task) {
        task.explainToNag();
        Nag.accept(balancer, "AwsSolutions-ELB2", "Every call of an operator is in the API's access log");
    }
}
