package vowcheck.launcher.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageNeedsTest {

    @TempDir
    private Path assembly;

    @Test
    void whatAStageNeedsIsCountedInItsTemplates() throws IOException {
        Files.writeString(assembly.resolve("manifest.json"), """
                {"artifacts": {
                  "Tree": {"type": "cdk:tree"},
                  "Data": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/eu-central-1",
                    "properties": {"templateFile": "Data.json", "requiresBootstrapStackVersion": 6,
                      "bootstrapStackVersionSsmParameter": "/cdk-bootstrap/hnb659fds/version"}},
                  "Service": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/eu-central-1",
                    "properties": {"templateFile": "Service.json", "requiresBootstrapStackVersion": 8,
                      "bootstrapStackVersionSsmParameter": "/cdk-bootstrap/hnb659fds/version"}}}}
                """);
        Files.writeString(assembly.resolve("Data.json"), """
                {"Resources": {
                  "Vpc": {"Type": "AWS::EC2::VPC"},
                  "Address": {"Type": "AWS::EC2::EIP"},
                  "S3": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"RouteTableIds": ["r"]}},
                  "Sts": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"SubnetIds": ["a", "b"]}},
                  "Database": {"Type": "AWS::RDS::DBInstance", "Properties": {}}}}
                """);
        Files.writeString(assembly.resolve("Service.json"), """
                {"Resources": {
                  "Public": {"Type": "AWS::Lambda::Function", "Properties": {"ReservedConcurrentExecutions": 10}},
                  "Scoring": {"Type": "AWS::Lambda::Function", "Properties": {"ReservedConcurrentExecutions": 40}},
                  "Other": {"Type": "AWS::Lambda::Function", "Properties": {}},
                  "Link": {"Type": "AWS::ApiGateway::VpcLink", "Properties": {}}}}
                """);

        assertThat(StageNeeds.of(assembly))
                .isEqualTo(new StageNeeds(
                        "eu-central-1",
                        8,
                        "/cdk-bootstrap/hnb659fds/version",
                        50,
                        1,
                        1,
                        12,
                        Set.of(ServiceRole.RDS, ServiceRole.API_GATEWAY)));
    }
}
