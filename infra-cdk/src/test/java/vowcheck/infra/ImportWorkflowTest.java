package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.deployment.DeployedContainer;
import vowcheck.adapters.settings.Setting;

class ImportWorkflowTest {
    private static final Synthesized PROD = Synthesized.of("prod");

    @Test
    void theWorkflowRunsTheTaskForTheImportThatItIsNamedAfter() throws JsonProcessingException {
        var machine = PROD.resource("AWS::StepFunctions::StateMachine", "ImportWorkflow")
                .properties();
        assertThat(machine.at("StateMachineName").text()).isEqualTo("vowcheck-prod-import");
        var definition = new Node(
                new ObjectMapper().readValue(machine.at("DefinitionString").text(), Object.class));
        assertThat(definition.at("States").map()).containsOnlyKeys("Load");
        var load = definition.at("States", "Load");
        assertThat(load.at("Resource").text()).endsWith(":states:::ecs:runTask.sync");
        assertThat(load.at("TimeoutSeconds").text()).isEqualTo("7200");
        assertThat(load.at("Retry").list())
                .singleElement()
                .satisfies(retry -> assertThat(retry.at("ErrorEquals").list())
                        .extracting(Node::text)
                        .doesNotContain("States.ALL", "States.TaskFailed"));
        assertThat(load.at("Parameters", "Overrides", "ContainerOverrides").list())
                .singleElement()
                .satisfies(override -> assertThat(override.at("Environment").list())
                        .extracting(Node::map)
                        .containsExactly(Map.of("Name", "IMPORT_ID", "Value.$", "$$.Execution.Name")));
    }

    @Test
    void theTaskRunsTheImportInTheTrainingsImageWithTheSettingsThatItReads() {
        var container = container("ImportWorkflow");
        assertThat(container.at("Name").text()).isEqualTo(DeployedContainer.IMPORT.containerName());
        assertThat(container.at("Command").list())
                .extracting(Node::text)
                .containsExactly(DeployedContainer.IMPORT_PROGRAM);
        assertThat(container.at("Image").text())
                .isEqualTo(container("TrainingWorkflow").at("Image").text());
        assertThat(container.at("Environment").list().stream()
                        .map(variable -> variable.at("Name").text())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        Setting.MODEL_BUCKET.name(),
                        Setting.TOMBSTONE_KEY_SECRET.name(),
                        Setting.DATABASE_HOST.name(),
                        Setting.DATABASE_PORT.name(),
                        Setting.DATABASE_NAME.name(),
                        Setting.DATABASE_SSL_MODE.name(),
                        Setting.DATABASE_ROOT_CERTIFICATES.name(),
                        Setting.DATABASE_AUTHENTICATION.name(),
                        Setting.DATABASE_USER.name(),
                        "JDK_JAVA_OPTIONS");
    }

    @Test
    void theTaskMayReadFilesAndOrdersTheKeyOfTheTombstonesAndTheModelAndWriteReports() {
        var statements = PROD.resources("AWS::IAM::Policy").stream()
                .filter(policy -> policy.logicalId().startsWith("ImportWorkflowImportTaskRole"))
                .flatMap(policy -> policy.properties().at("PolicyDocument", "Statement").list().stream())
                .map(statement -> actions(statement) + " on "
                        + statement.at("Resource").list().stream()
                                .map(Node::text)
                                .map(resource -> resource.replaceAll("\\$\\{[^}]*}", "")
                                        .replaceAll("^[^/]*/(?=[a-z])", "")
                                        .replaceAll("^arn:aws:rds-db.*/", ""))
                                .collect(Collectors.joining(", ")))
                .toList();
        assertThat(statements)
                .containsExactlyInAnyOrder(
                        "rds-db:connect on import",
                        "secretsmanager:DescribeSecret, secretsmanager:GetSecretValue on ",
                        "s3:GetObject on imports/*/file, imports/*/order.json, models/*, production.json",
                        "s3:PutObject on imports/*/report.json, reports/data/import.json");
    }

    @Test
    void filesAreDeletedAfterADay() {
        assertThat(PROD.resource("AWS::S3::Bucket", "Models")
                        .properties()
                        .at("LifecycleConfiguration", "Rules")
                        .list())
                .filteredOn(rule -> rule.at("Id").text().equals("Imports"))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.at("Prefix").text()).isEqualTo(BucketKeys.IMPORTS);
                    assertThat(rule.at("ExpirationInDays").text()).isEqualTo("1");
                    assertThat(rule.at("NoncurrentVersionExpiration", "NoncurrentDays")
                                    .text())
                            .isEqualTo("1");
                });
    }

    private static Node container(String logicalIdStart) {
        List<Node> containers = PROD.resource("AWS::ECS::TaskDefinition", logicalIdStart)
                .properties()
                .at("ContainerDefinitions")
                .list();
        return containers.getFirst();
    }

    private static String actions(Node statement) {
        return statement.at("Action").list().stream().map(Node::text).collect(Collectors.joining(", "));
    }
}
