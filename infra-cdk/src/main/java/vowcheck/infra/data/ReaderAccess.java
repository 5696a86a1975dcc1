package vowcheck.infra.data;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.AmazonLinux2023ImageSsmParameterProps;
import software.amazon.awscdk.services.ec2.AmazonLinuxCpuType;
import software.amazon.awscdk.services.ec2.BlockDevice;
import software.amazon.awscdk.services.ec2.BlockDeviceVolume;
import software.amazon.awscdk.services.ec2.CfnInstanceConnectEndpoint;
import software.amazon.awscdk.services.ec2.EbsDeviceOptions;
import software.amazon.awscdk.services.ec2.HttpTokens;
import software.amazon.awscdk.services.ec2.Instance;
import software.amazon.awscdk.services.ec2.InstanceClass;
import software.amazon.awscdk.services.ec2.InstanceSize;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.MachineImage;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// A way for people to read the database with `psql`: a host that can reach nothing but the database, an EC2 Instance
/// Connect Endpoint that can reach nothing but the host, and a policy for the persons who may use both and log in as
/// the role `reader`. The policy belongs to nobody until the account's administrators attach it.
///
/// An endpoint alone does not suffice: it forwards to the ports 22 and 3389 only.
public final class ReaderAccess extends Construct {
    private static final int SSH = 22;

    /// The user of Amazon Linux whom EC2 Instance Connect gives a person's key for a minute.
    private static final String HOST_USER = "ec2-user";

    public ReaderAccess(Construct scope, String id, Stage stage, Network network, DatabaseServer database) {
        super(scope, id);
        var hostAccess = SecurityGroup.Builder.create(this, "HostAccess")
                .vpc(network.vpc())
                .description("The host through which people read the database")
                .allowAllOutbound(false)
                .build();
        var endpointAccess = SecurityGroup.Builder.create(this, "EndpointAccess")
                .vpc(network.vpc())
                .description("The endpoint through which people reach the host")
                .allowAllOutbound(false)
                .build();
        endpointAccess.addEgressRule(hostAccess, Port.tcp(SSH), "SSH to the host");
        hostAccess.addIngressRule(endpointAccess, Port.tcp(SSH), "SSH from the endpoint");
        database.admit(hostAccess);
        var subnet = network.vpc()
                .selectSubnets(network.privateSubnets())
                .getSubnets()
                .getFirst();
        var host = Instance.Builder.create(this, "Host")
                .instanceName(stage.resourceName("reader"))
                .vpc(network.vpc())
                .vpcSubnets(network.privateSubnets())
                .instanceType(InstanceType.of(InstanceClass.T4G, InstanceSize.NANO))
                .machineImage(MachineImage.latestAmazonLinux2023(AmazonLinux2023ImageSsmParameterProps.builder()
                        .cpuType(AmazonLinuxCpuType.ARM_64)
                        .build()))
                .securityGroup(hostAccess)
                .httpTokens(HttpTokens.REQUIRED)
                .blockDevices(List.of(BlockDevice.builder()
                        .deviceName("/dev/xvda")
                        .volume(BlockDeviceVolume.ebs(
                                8, EbsDeviceOptions.builder().encrypted(true).build()))
                        .build()))
                .build();
        var endpoint = CfnInstanceConnectEndpoint.Builder.create(this, "Endpoint")
                .subnetId(subnet.getSubnetId())
                .securityGroupIds(List.of(endpointAccess.getSecurityGroupId()))
                .preserveClientIp(false)
                .build();
        var policy = policy(stage, host, endpoint);
        database.grantReader(policy);
        CfnOutput.Builder.create(this, "HostId").value(host.getInstanceId()).build();
        CfnOutput.Builder.create(this, "PolicyArn")
                .value(policy.getManagedPolicyArn())
                .build();
        explainToNag(host, policy);
    }

    private ManagedPolicy policy(Stage stage, Instance host, CfnInstanceConnectEndpoint endpoint) {
        return ManagedPolicy.Builder.create(this, "Policy")
                .managedPolicyName(stage.resourceName("database-reader"))
                .description("Read the database of vowcheck with psql")
                .statements(List.of(
                        PolicyStatement.Builder.create()
                                .actions(List.of("ec2-instance-connect:OpenTunnel"))
                                .resources(List.of(arn("instance-connect-endpoint", endpoint.getAttrId())))
                                .conditions(Map.of(
                                        "NumericEquals",
                                        Map.of("ec2-instance-connect:remotePort", String.valueOf(SSH))))
                                .build(),
                        PolicyStatement.Builder.create()
                                .actions(List.of("ec2-instance-connect:SendSSHPublicKey"))
                                .resources(List.of(arn("instance", host.getInstanceId())))
                                .conditions(Map.of("StringEquals", Map.of("ec2:osuser", HOST_USER)))
                                .build(),
                        // The AWS CLI finds the host and its endpoint by them.
                        PolicyStatement.Builder.create()
                                .actions(List.of("ec2:DescribeInstanceConnectEndpoints", "ec2:DescribeInstances"))
                                .resources(List.of("*"))
                                .build()))
                .build();
    }

    private String arn(String resource, String name) {
        return Arn.format(
                ArnComponents.builder()
                        .service("ec2")
                        .resource(resource)
                        .resourceName(name)
                        .build(),
                Stack.of(this));
    }

    private static void explainToNag(Instance host, ManagedPolicy policy) {
        Nag.accept(host, "AwsSolutions-EC28", "Nothing depends on this host, and nobody watches its processor");
        Nag.accept(host, "AwsSolutions-EC29", "It keeps nothing: a new one does the same");
        Nag.accept(policy, "AwsSolutions-IAM5", "Descriptions of EC2 have no resource");
    }
}
