package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import vowcheck.infra.stage.Stage;

class TrackingServerTest {
    private static final Synthesized PROD = Synthesized.of("prod");

    /// `./vowcheck status` tells by it what is off as meant.
    @Test
    void anOutputSaysWhetherMlflowIsThere() {
        for (var state : Map.of("prod", "UP", "dev", "DOWN").entrySet()) {
            assertThat(new Node(Synthesized.of(state.getKey()).service())
                            .at("Outputs", "MlflowState", "Value")
                            .text())
                    .isEqualTo(state.getValue());
        }
    }

    @Test
    void mlflowGetsTheVariablesThatItsStartScriptReads() {
        assertThat(variables("Environment").keySet())
                .containsExactlyInAnyOrder(
                        "DATABASE_HOST",
                        "DATABASE_PORT",
                        "DATABASE_USER",
                        "DATABASE_SSL_MODE",
                        "DATABASE_ROOT_CERTIFICATES",
                        "MLFLOW_PORT",
                        "MLFLOW_STATIC_PREFIX",
                        "ARTIFACTS",
                        "LANDING_EXPERIMENT",
                        "MLFLOW_ALLOWED_HOSTS",
                        "MLFLOW_CORS_ORIGINS",
                        "MLFLOW_SQLALCHEMYSTORE_POOL_SIZE",
                        "MLFLOW_SQLALCHEMYSTORE_MAX_OVERFLOW");
        assertThat(variables("Environment"))
                .containsEntry("DATABASE_USER", "mlflow")
                .containsEntry("DATABASE_SSL_MODE", "verify-full")
                .containsEntry("MLFLOW_PORT", "5000")
                .containsEntry("MLFLOW_SQLALCHEMYSTORE_POOL_SIZE", "3")
                .containsEntry("MLFLOW_SQLALCHEMYSTORE_MAX_OVERFLOW", "2")
                .containsEntry("MLFLOW_STATIC_PREFIX", "/v1/mlflow");
        assertThat(variables("Environment").get("ARTIFACTS"))
                .startsWith("s3://")
                .endsWith("/mlflow");
    }

    @ParameterizedTest
    @CsvSource({
        "prod, 'https://${api}.execute-api.eu-central-1.${AWS::URLSuffix}'",
        "local, 'https://${api}.execute-api.eu-central-1.${AWS::URLSuffix},http://${api}.execute-api.localhost:*'"
    })
    void browsersMayCallFromTheAddressesOfTheApi(String stage, String origins) {
        assertThat(variables(Synthesized.of(stage), "Environment"))
                .hasEntrySatisfying(
                        "MLFLOW_CORS_ORIGINS",
                        value -> assertThat(value.replaceAll("ScoringApiRestApi[0-9A-F]{8}", "api"))
                                .isEqualTo(origins));
    }

    @Test
    void passwordsComeFromSecrets() {
        var secrets = variables("Secrets");
        assertThat(secrets)
                .containsOnlyKeys("DATABASE_PASSWORD", "MLFLOW_ADMIN_PASSWORD", "MLFLOW_FLASK_SERVER_SECRET_KEY");
        assertThat(secrets.get("DATABASE_PASSWORD")).contains("DatabaseMlflow").endsWith(":password::");
        assertThat(secrets.get("MLFLOW_ADMIN_PASSWORD"))
                .contains("TrackingAdmin")
                .endsWith(":password::");
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void containersAreReadOnlyArmAndLogged(String stage) {
        assertThat(Synthesized.of(stage).resources("AWS::ECS::TaskDefinition"))
                .hasSize(3)
                .allSatisfy(task -> {
                    var properties = task.properties();
                    assertThat(properties
                                    .at("RuntimePlatform", "CpuArchitecture")
                                    .text())
                            .isEqualTo("ARM64");
                    assertThat(properties.at("ContainerDefinitions").list())
                            .singleElement()
                            .satisfies(container -> {
                                assertThat(container
                                                .at("ReadonlyRootFilesystem")
                                                .isTrue())
                                        .isTrue();
                                assertThat(container.at("Essential").isTrue()).isTrue();
                                assertThat(container.at("StopTimeout").text()).isEqualTo("30");
                                assertThat(container.at("MountPoints").list())
                                        .extracting(mount ->
                                                mount.at("ContainerPath").text())
                                        .containsExactly("/tmp");
                                assertThat(container
                                                .at("LogConfiguration", "Options", "awslogs-group")
                                                .text())
                                        .contains("Logs");
                            });
                });
    }

    @Test
    void theServiceStartsWhenItsRolesMayFetchSecretsAndReadArtifacts() {
        assertThat(PROD.resources("AWS::ECS::Service").getFirst().body().at("DependsOn").list().stream()
                        .map(Node::text)
                        .filter(id -> id.contains("RoleDefaultPolicy"))
                        .map(id -> id.replaceAll("[0-9A-F]{8}$", "")))
                .containsExactlyInAnyOrder(
                        "ExperimentTrackingTaskDefinitionExecutionRoleDefaultPolicy",
                        "ExperimentTrackingTaskRoleDefaultPolicy");
    }

    @Test
    void theLoadBalancerIsInternalAndListensOnTheContainersPort() {
        var balancer = PROD.resources("AWS::ElasticLoadBalancingV2::LoadBalancer")
                .getFirst()
                .properties();
        assertThat(balancer.map())
                .containsEntry("Name", "vowcheck-prod-mlflow")
                .containsEntry("Scheme", "internal")
                .containsEntry("Type", "network")
                .containsEntry("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "off");
        assertThat(PROD.resources("AWS::ElasticLoadBalancingV2::Listener")
                        .getFirst()
                        .properties()
                        .at("Port")
                        .text())
                .isEqualTo("5000");
        assertThat(PROD.resources("AWS::ElasticLoadBalancingV2::TargetGroup")
                        .getFirst()
                        .properties()
                        .map())
                .containsEntry("Port", 5000)
                .containsEntry("HealthCheckPath", "/v1/mlflow/health");
        assertThat(container(PROD).at("PortMappings").list())
                .extracting(port -> port.at("ContainerPort").text())
                .containsExactly("5000");
    }

    @Test
    void anotherPortIsUsedEverywhere() {
        var moved = Synthesized.of(PROD.stage().withMlflowPort(5001));

        assertThat(PROD.service().toString()).containsPattern("\\b5000\\b");
        assertThat(moved.service().toString()).containsPattern("\\b5001\\b").doesNotContainPattern("\\b5000\\b");
    }

    @Test
    void onlyProgramsThatCallMlflowReachItsLoadBalancer() {
        assertThat(PROD.resources("AWS::EC2::SecurityGroupIngress").stream()
                        .map(Synthesized.Resource::properties)
                        .filter(rule -> rule.at("ToPort").text().equals("5000"))
                        .map(rule -> group(rule.at("SourceSecurityGroupId")) + " -> " + group(rule.at("GroupId"))))
                .containsExactlyInAnyOrder(
                        "Operations -> ExperimentTrackingCallers",
                        "TrainingWorkflowPromotion -> ExperimentTrackingCallers",
                        "TrainingWorkflowTrainingTask -> ExperimentTrackingCallers",
                        "ExperimentTrackingCallers -> ExperimentTrackingAccess");
    }

    private static String group(Node reference) {
        return reference.text().replaceAll("\\$\\{|(Group)?[0-9A-F]{8}\\.GroupId}", "");
    }

    @Test
    void answersAreStreamed() {
        assertThat(integrations()).hasSize(6).allSatisfy(integration -> {
            assertThat(integration.at("ConnectionType").text()).isEqualTo("VPC_LINK");
            assertThat(integration.at("ResponseTransferMode").text()).isEqualTo("STREAM");
        });
    }

    @Test
    void mlflowGetsItsOwnCredentialsInPlaceOfTheOperators() {
        assertThat(integrations())
                .filteredOn(integration -> access(integration).equals("'operators'"))
                .allSatisfy(integration -> assertThat(header(integration, "Authorization"))
                        .isEqualTo("context.authorizer.mlflow_authorization"))
                .extracting(TrackingServerTest::call)
                .containsExactlyInAnyOrder(
                        "ANY /v1/mlflow/",
                        "ANY /v1/mlflow/{proxy}",
                        "ANY /v1/mlflow/static-files",
                        "ANY /v1/mlflow/static-files/{proxy}");
    }

    @Test
    void filesAreAskedForWithoutCredentials() {
        assertThat(integrations())
                .filteredOn(integration -> access(integration).equals("'static-files'"))
                .allSatisfy(integration -> assertThat(
                                List.of("Authorization", "Cookie", "X-Api-Key", "X-Vowcheck-Operator"))
                        .allSatisfy(
                                name -> assertThat(header(integration, name)).isEqualTo("'none'")))
                .extracting(TrackingServerTest::call)
                .containsExactlyInAnyOrder(
                        "GET /v1/mlflow/static-files/{proxy}", "HEAD /v1/mlflow/static-files/{proxy}");
    }

    @Test
    void mlflowIsToldWhichOperatorCalls() throws IOException {
        assertThat(integrations())
                .filteredOn(integration -> access(integration).equals("'operators'"))
                .isNotEmpty()
                .allSatisfy(integration -> assertThat(header(integration, "X-Vowcheck-Operator"))
                        .isEqualTo("context.authorizer.mlflow_user"));
        assertThat(Files.readString(Path.of("../mlflow/operators.py")))
                .contains("OPERATOR_HEADER = \"X-Vowcheck-Operator\"");
    }

    @Test
    void mlflowKnowsTheHeaderThatSaysHowARequestCame() throws IOException {
        assertThat(Files.readString(Path.of("../mlflow/pages.py")))
                .contains(
                        "ACCESS_HEADER = \"x-vowcheck-access\"",
                        "STATIC_FILES, OPERATORS = \"static-files\", \"operators\"");
        assertThat(Files.readString(Path.of("../mlflow/Dockerfile")))
                .contains("COPY --chmod=0444 operators.py pages.py /opt/mlflow");
    }

    private static List<Node> integrations() {
        return PROD.resources("AWS::ApiGateway::Method").stream()
                .map(method -> method.properties().at("Integration"))
                .filter(integration -> integration.at("Type").text().equals("HTTP_PROXY"))
                .toList();
    }

    private static String access(Node integration) {
        return header(integration, "X-Vowcheck-Access");
    }

    private static String header(Node integration, String name) {
        return String.valueOf(integration.at("RequestParameters").map().get("integration.request.header." + name));
    }

    private static String call(Node integration) {
        return integration.at("IntegrationHttpMethod").text() + " "
                + integration.at("Uri").text().replaceFirst(".*:5000", "");
    }

    @Test
    void mlflowStartsAfterTheMigrations() {
        assertThat(PROD.resources("AWS::ECS::Service")
                        .getFirst()
                        .body()
                        .at("DependsOn")
                        .list())
                .extracting(Node::text)
                .contains(PROD.resources("Custom::Trigger").getFirst().logicalId());
    }

    /// Two containers never use one schema, nor, on one machine, one port.
    @Test
    void theOldMlflowStopsBeforeTheNewOneStarts() {
        assertThat(PROD.resources("AWS::ECS::Service")
                        .getFirst()
                        .properties()
                        .at("DeploymentConfiguration")
                        .map())
                .containsEntry("MinimumHealthyPercent", 0)
                .containsEntry("MaximumPercent", 100);
    }

    @Test
    void aMissingMlflowIsAnAlarm() {
        assertThat(PROD.resource("AWS::CloudWatch::Alarm", "AlarmsTrackingDown")
                        .properties()
                        .map())
                .containsEntry("MetricName", "HealthyHostCount")
                .containsEntry("ComparisonOperator", "LessThanThreshold")
                .containsEntry("TreatMissingData", "breaching");
    }

    /// Its state, its permissions and its log stay; what costs money while it idles is gone.
    @Test
    void aStageWhereMlflowIsDownHasNeitherServiceNorLoadBalancer() {
        var dev = Synthesized.of("dev");
        assertThat(dev.resources())
                .extracting(Synthesized.Resource::type)
                .doesNotContain(
                        "AWS::ECS::Service", "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ApiGateway::VpcLink");
        assertThat(container(dev).at("Name").text()).isEqualTo("mlflow");
        assertThat(dev.resources("AWS::CloudWatch::Alarm"))
                .noneMatch(alarm -> alarm.logicalId().startsWith("AlarmsTrackingDown"));
    }

    @Test
    void whileMlflowIsDownNothingStartsATrainingByItselfAndTheApiSaysWhy() {
        var dev = Synthesized.of("dev");
        assertThat(List.of("TrainingWorkflowMonthly", "TrainingWorkflowOnDrift"))
                .allSatisfy(rule -> {
                    assertThat(dev.resource("AWS::Events::Rule", rule)
                                    .properties()
                                    .at("State")
                                    .text())
                            .isEqualTo("DISABLED");
                    assertThat(PROD.resource("AWS::Events::Rule", rule)
                                    .properties()
                                    .at("State")
                                    .text())
                            .isEqualTo("ENABLED");
                });
        assertThat(dev.resources("AWS::ApiGateway::Method").stream()
                        .map(Synthesized.Resource::properties)
                        .filter(method ->
                                method.at("Integration", "Type").text().equals("MOCK")))
                .hasSize(6)
                .allSatisfy(method -> {
                    assertThat(method.at("MethodResponses").list())
                            .extracting(answer -> answer.at("StatusCode").text())
                            .containsExactly("503");
                    assertThat(method.at("Integration", "IntegrationResponses")
                                    .list()
                                    .getFirst()
                                    .toString())
                            .contains("MLflow is down on this stage: ./vowcheck mlflow up");
                });
    }

    @Test
    void mlflowCanBeBroughtUpOnAnyStage() {
        var up = Synthesized.of(Synthesized.of("dev").stage().withTracking(Stage.Tracking.UP));
        assertThat(up.resources("AWS::ECS::Service")).hasSize(1);
        assertThat(up.resources("AWS::ElasticLoadBalancingV2::LoadBalancer")).hasSize(1);
        // What keeps the state is the same, so that neither way replaces it.
        assertThat(ids(up.resources("AWS::Logs::LogGroup")))
                .isEqualTo(ids(Synthesized.of("dev").resources("AWS::Logs::LogGroup")));
    }

    private static List<String> ids(List<Synthesized.Resource> resources) {
        return resources.stream().map(Synthesized.Resource::logicalId).toList();
    }

    private static Node container(Synthesized stage) {
        return stage.resource("AWS::ECS::TaskDefinition", "ExperimentTracking")
                .properties()
                .at("ContainerDefinitions")
                .list()
                .getFirst();
    }

    private static Map<String, String> variables(String kind) {
        return variables(PROD, kind);
    }

    private static Map<String, String> variables(Synthesized stage, String kind) {
        var value = kind.equals("Secrets") ? "ValueFrom" : "Value";
        List<Node> variables = container(stage).at(kind).list();
        return variables.stream()
                .collect(Collectors.toMap(
                        variable -> variable.at("Name").text(),
                        variable -> variable.at(value).text()));
    }
}
