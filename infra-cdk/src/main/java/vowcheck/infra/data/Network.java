package vowcheck.infra.data;

import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnInstance;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IPeer;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.InstanceClass;
import software.amazon.awscdk.services.ec2.InstanceSize;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.NatInstanceProviderV2;
import software.amazon.awscdk.services.ec2.NatProvider;
import software.amazon.awscdk.services.ec2.NatTrafficDirection;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// The private network of the database, the functions and the containers: two zones, not reachable from outside.
public final class Network extends Construct {
    /// The addresses of everything in it.
    private static final String ADDRESSES = "10.0.0.0/16";

    private static final String PRIVATE = "private";

    private final Vpc vpc;

    public Network(Construct scope, String id, Stage stage) {
        super(scope, id);
        var settings = stage.network();
        var policies = new EndpointPolicies(Stack.of(this), stage);
        var instances = NatInstanceProviderV2.Builder.create()
                .instanceType(InstanceType.of(InstanceClass.T4G, InstanceSize.NANO))
                .defaultAllowedTraffic(NatTrafficDirection.OUTBOUND_ONLY)
                .build();
        vpc = Vpc.Builder.create(this, "Vpc")
                .ipAddresses(IpAddresses.cidr(ADDRESSES))
                .maxAzs(2)
                .natGateways(settings.egress() == Stage.Egress.ENDPOINTS ? 0 : 1)
                .natGatewayProvider(settings.egress() == Stage.Egress.NAT_INSTANCE ? instances : NatProvider.gateway())
                .subnetConfiguration(subnets(settings.egress()))
                // It would take a custom resource, and nothing uses the default group.
                .restrictDefaultSecurityGroup(false)
                .build();
        var s3 = vpc.addGatewayEndpoint(
                "S3",
                GatewayVpcEndpointOptions.builder()
                        .service(GatewayVpcEndpointAwsService.S3)
                        .build());
        policies.s3().forEach(s3::addToPolicy);
        switch (settings.egress()) {
            case ENDPOINTS -> addEndpoints(policies);
            case NAT_INSTANCE -> admit(instances);
            case NAT_GATEWAY -> {}
        }
        if (settings.flowLogs() == Stage.FlowLogs.ON) {
            logFlows(stage.observation().logRetention(), stage.dataRemoval());
        } else {
            Nag.accept(vpc, "AwsSolutions-VPC7", "This stage holds no data of real applicants and needs no flow logs");
        }
    }

    /// The network itself.
    public IVpc vpc() {
        return vpc;
    }

    /// The subnets that are reachable from within the network only.
    public SubnetSelection privateSubnets() {
        return SubnetSelection.builder().subnetGroupName(PRIVATE).build();
    }

    /// A security group for one program: nothing reaches it, and it reaches other services of AWS. Everything
    /// else is added by who is reached, such as [DatabaseServer#admit].
    public SecurityGroup group(Construct scope, String id, String program) {
        var group = SecurityGroup.Builder.create(scope, id)
                .vpc(vpc)
                .description(program)
                .allowAllOutbound(false)
                .build();
        group.addEgressRule(
                Peer.anyIpv4(),
                Port.HTTPS,
                "Other services of AWS: the network has a way to these only, by its endpoints");
        return group;
    }

    /// Everything in the network, as the peer of a rule.
    public static IPeer everything() {
        return Peer.ipv4(ADDRESSES);
    }

    private static List<SubnetConfiguration> subnets(Stage.Egress egress) {
        return switch (egress) {
            case ENDPOINTS -> List.of(subnet(PRIVATE, SubnetType.PRIVATE_ISOLATED));
            // The private subnets first, so that they keep their addresses when the egress changes.
            case NAT_GATEWAY, NAT_INSTANCE ->
                List.of(subnet(PRIVATE, SubnetType.PRIVATE_WITH_EGRESS), subnet("public", SubnetType.PUBLIC));
        };
    }

    private static SubnetConfiguration subnet(String name, SubnetType type) {
        return SubnetConfiguration.builder()
                .name(name)
                .subnetType(type)
                .cidrMask(20)
                .build();
    }

    /// Programs need the services of AWS, and nothing else.
    private void admit(NatInstanceProviderV2 instances) {
        instances.getConnections().allowFrom(everything(), Port.HTTPS, "Programs of the network");
        for (var instance : instances.getGatewayInstances()) {
            ((CfnInstance) Objects.requireNonNull(instance.getNode().getDefaultChild()))
                    .setBlockDeviceMappings(List.of(CfnInstance.BlockDeviceMappingProperty.builder()
                            .deviceName("/dev/xvda")
                            .ebs(CfnInstance.EbsProperty.builder()
                                    .encrypted(true)
                                    .volumeType("gp3")
                                    .build())
                            .build()));
            Nag.accept(instance, "AwsSolutions-EC28", "It forwards a few requests an hour; its own metrics suffice");
            Nag.accept(instance, "AwsSolutions-EC29", "It keeps nothing, and a deployment may replace it");
        }
    }

    /// The services that a prediction may need have endpoints in both zones. The others can wait until a failed
    /// zone is back, and cost half as much in one zone.
    private void addEndpoints(EndpointPolicies policies) {
        var access = SecurityGroup.Builder.create(this, "EndpointAccess")
                .vpc(vpc)
                .description("Access to the endpoints of other services")
                .allowAllOutbound(false)
                .build();
        access.addIngressRule(everything(), Port.HTTPS, "Programs of the network");
        endpoint(
                "SecretsManager",
                InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
                privateSubnets(),
                access,
                policies.secretsManager());
        endpoint("Sqs", InterfaceVpcEndpointAwsService.SQS, privateSubnets(), access, policies.sqs());
        var oneZone = SubnetSelection.builder()
                .subnets(
                        List.of(vpc.selectSubnets(privateSubnets()).getSubnets().getFirst()))
                .build();
        endpoint("EcrApi", InterfaceVpcEndpointAwsService.ECR, oneZone, access, policies.ecr());
        endpoint("EcrDocker", InterfaceVpcEndpointAwsService.ECR_DOCKER, oneZone, access, policies.ecr());
        endpoint("Logs", InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS, oneZone, access, policies.logs());
        endpoint("Events", InterfaceVpcEndpointAwsService.EVENTBRIDGE, oneZone, access, policies.events());
        endpoint(
                "StepFunctions",
                InterfaceVpcEndpointAwsService.STEP_FUNCTIONS,
                oneZone,
                access,
                policies.stepFunctions());
        endpoint("Lambda", InterfaceVpcEndpointAwsService.LAMBDA, oneZone, access, policies.lambda());
    }

    private void endpoint(
            String id,
            InterfaceVpcEndpointAwsService service,
            SubnetSelection subnets,
            ISecurityGroup access,
            List<PolicyStatement> policy) {
        var endpoint = vpc.addInterfaceEndpoint(
                id,
                InterfaceVpcEndpointOptions.builder()
                        .service(service)
                        .subnets(subnets)
                        .securityGroups(List.of(access))
                        .open(false)
                        .build());
        policy.forEach(endpoint::addToPolicy);
    }

    private void logFlows(RetentionDays retention, RemovalPolicy removal) {
        var group = LogGroup.Builder.create(this, "Flows")
                .retention(retention)
                .removalPolicy(removal)
                .build();
        vpc.addFlowLog(
                "Flows",
                FlowLogOptions.builder()
                        .destination(FlowLogDestination.toCloudWatchLogs(group))
                        .build());
    }
}
