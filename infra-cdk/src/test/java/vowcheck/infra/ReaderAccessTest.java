package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vowcheck.infra.Synthesized.Resource;
import vowcheck.infra.stage.Stage;

class ReaderAccessTest {
    private static final Synthesized WITHOUT = Synthesized.of("prod");
    private static final Synthesized WITH = Synthesized.of(withReaders(WITHOUT.stage()));

    @Test
    void withoutTheSettingNobodyReachesTheDatabase() {
        assertThat(Synthesized.STAGES)
                .allSatisfy(stage -> assertThat(Synthesized.of(stage).resources())
                        .noneMatch(resource -> resource.logicalId().startsWith("Readers"))
                        .extracting(Resource::type)
                        .doesNotContain("AWS::EC2::InstanceConnectEndpoint", "AWS::IAM::ManagedPolicy"));
    }

    @Test
    void theSettingChangesNothingElse() {
        var added = WITH.resources().stream()
                .map(Resource::toString)
                .filter(resource ->
                        WITHOUT.resources().stream().map(Resource::toString).noneMatch(resource::equals))
                .map(resource -> resource.replaceAll("[0-9A-F]{8}(?= )", ""));
        assertThat(added).allMatch(resource -> resource.matches("data (Readers|DatabaseInstance|DatabaseAccess).*"));
    }

    @Test
    void theEndpointReachesTheHostAndTheHostReachesTheDatabaseAndNothingElse() {
        assertThat(rules("AWS::EC2::SecurityGroupEgress", "GroupId", "DestinationSecurityGroupId"))
                .containsExactly("ReadersEndpointAccess to ReadersHostAccess");
        assertThat(rules("AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId", "GroupId"))
                .containsExactlyInAnyOrder(
                        "ReadersEndpointAccess to ReadersHostAccess", "ReadersHostAccess to DatabaseAccess");
        assertThat(WITH.resources("AWS::EC2::SecurityGroup").stream()
                        .filter(group -> group.logicalId().startsWith("Readers"))
                        .flatMap(group -> group.properties().at("SecurityGroupEgress").list().stream())
                        // CDK denies everything by a rule for an address that does not exist.
                        .filter(rule -> !rule.at("CidrIp").text().equals("255.255.255.255/32")))
                .singleElement()
                .satisfies(rule -> assertThat(rule.map())
                        .containsEntry("CidrIp", "10.0.0.0/16")
                        .containsEntry("FromPort", 5432)
                        .containsEntry("ToPort", 5432));
    }

    @Test
    void theHostHasNoRightsAndIsReachedByTheEndpointOnly() {
        var host = WITH.resource("AWS::EC2::Instance", "Readers").properties();
        assertThat(host.at("InstanceType").text()).isEqualTo("t4g.nano");
        assertThat(WITH.resources("AWS::IAM::Policy").stream()
                        .filter(policy -> policy.logicalId().startsWith("Readers")))
                .isEmpty();
        assertThat(host.at("BlockDeviceMappings").list())
                .singleElement()
                .satisfies(
                        disk -> assertThat(disk.at("Ebs", "Encrypted").text()).isEqualTo("true"));
    }

    @Test
    void whoHasThePolicyMayOpenATunnelAndLogInAsReaderOnly() {
        var policy = WITH.resource("AWS::IAM::ManagedPolicy", "Readers").properties();
        assertThat(policy.at("ManagedPolicyName").text()).isEqualTo("vowcheck-prod-database-reader");
        assertThat(policy.at("Users").value()).isNull();
        assertThat(policy.at("PolicyDocument", "Statement").list())
                .extracting(statement ->
                        statement.at("Action").list().stream().map(Node::text).collect(Collectors.joining(", "))
                                + " on "
                                + statement.at("Resource").text().replaceAll(".*(?=[:/]\\$|/reader)", ""))
                .satisfiesExactlyInAnyOrder(
                        tunnel -> assertThat(tunnel).startsWith("ec2-instance-connect:OpenTunnel on "),
                        key -> assertThat(key).startsWith("ec2-instance-connect:SendSSHPublicKey on "),
                        describe -> assertThat(describe)
                                .isEqualTo("ec2:DescribeInstanceConnectEndpoints, ec2:DescribeInstances on *"),
                        login -> assertThat(login).isEqualTo("rds-db:connect on /reader"));
        assertThat(policy.at("PolicyDocument", "Statement").list())
                .filteredOn(statement -> statement.at("Action").text().endsWith(":OpenTunnel"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.at("Condition").map())
                        .isEqualTo(Map.of("NumericEquals", Map.of("ec2-instance-connect:remotePort", "22"))));
    }

    @Test
    void cdkNagFindsNothingThatIsNotAccepted() {
        assertThat(PoliciesTest.findings(WITH.app().data())).isEmpty();
    }

    @Test
    void theSettingNeedsTokens() {
        var local = Synthesized.of("local").stage();
        assertThatThrownBy(() -> withReaders(local))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stage local has network.readers BY_IAM: expected database.authentication IAM");
    }

    private static Stage withReaders(Stage stage) {
        return ChangedStage.of(
                stage,
                new Stage.NetworkSettings(
                        stage.network().egress(), stage.network().flowLogs(), Stage.Readers.BY_IAM));
    }

    private static Stream<String> rules(String type, String from, String to) {
        return WITH.resources(type).stream()
                .filter(rule -> rule.logicalId().startsWith("Readers")
                        || rule.properties().at(from).text().contains("Readers"))
                .map(rule -> name(rule.properties().at(from)) + " to "
                        + name(rule.properties().at(to)));
    }

    private static String name(Node group) {
        return group.text().replaceAll("\\$\\{|[0-9A-F]{8}.*", "");
    }
}
