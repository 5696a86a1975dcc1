package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.launcher.setup.CommandFailed;

/// A stage whose API answers, and whose state machines cannot be listed.
class StageStatusTest {

    private static final String READINESS = """
            {"status":"failing","checks":{
              "model":{"status":"ok","model_version":"3","milliseconds":48},
              "database":{"status":"failing","reason":"the database accepts no writes","milliseconds":21},
              "queue":{"status":"ok","waiting":12,"dead_letters":0,"milliseconds":17}}}""";

    private static final Map<String, String> SERVICE_OUTPUTS = Map.of(
            "RestApiId", "a1b2c3",
            "ApiStageName", "v1",
            "MlflowPath", "mlflow",
            "TrainingStateMachineArn", "arn:aws:states:eu-central-1:1:stateMachine:vowcheck-dev-training",
            "ReplayStateMachineArn", "arn:aws:states:eu-central-1:1:stateMachine:vowcheck-dev-replay");

    private final FakeCloudFormation cloudFormation = new FakeCloudFormation();

    private HttpServer server;
    private URI endpoint;

    @BeforeEach
    void aStageThatAnswers() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/_aws/execute-api/a1b2c3/v1/health", 200, "{\"status\":\"ok\"}");
        answer("/_aws/execute-api/a1b2c3/v1/operations/readiness", 503, READINESS);
        answer("/_aws/execute-api/a1b2c3/v1/mlflow/health", 200, "OK");
        answer("/", 400, "");
        server.start();
        endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        settings().forEach(System::setProperty);
        cloudFormation.add("vowcheck-dev-data", "CREATE_COMPLETE", Map.of("ModelBucketName", "models"));
        cloudFormation.add("vowcheck-dev-service", "UPDATE_COMPLETE", SERVICE_OUTPUTS);
    }

    @AfterEach
    void end() {
        settings().keySet().forEach(System::clearProperty);
        server.stop(0);
    }

    @Test
    void withoutAnOperatorsLoginTheRestIsAsked() {
        var status = status(Optional.empty(), List.of());

        assertThat(Printed.by(out -> status.print(out, Style.PLAIN)))
                .containsPattern("(?m)^data stack +healthy$")
                .containsPattern("(?m)^service stack +healthy$")
                .containsPattern("(?m)^api +healthy$")
                .containsPattern(
                        "(?m)^not asked +what predictions need and MLflow, .* DEV_OPERATOR_PASSWORD, in the environment or in \\.env$")
                .containsPattern("(?m)^alarm +none is raised$")
                .containsPattern("(?m)^API +%s/_aws/execute-api/a1b2c3/v1$".formatted(endpoint))
                .containsPattern("(?m)^training +unknown: .*400")
                .doesNotContain("down");
    }

    @Test
    void withOneTheScoringFunctionTellsWhatPredictionsNeed() {
        var json = JsonDocument.parse(
                Printed.by(status(Optional.of(new OperatorLogin("ada", "lovelace")), List.of())::printJson));

        var services = json.document("services");
        assertThat(services.text("database")).isEqualTo("down: the database accepts no writes");
        assertThat(services.text("queue")).isEqualTo("healthy");
        assertThat(services.text("mlflow")).isEqualTo("healthy");
        assertThat(json.text("stage")).isEqualTo("dev");
        assertThat(json.names()).doesNotContain("operator_password", "api_key", "api_keys");
    }

    @Test
    void anMlflowThatWasTakenDownIsOffAndNothingIsWrong() {
        server.removeContext("/_aws/execute-api/a1b2c3/v1/mlflow/health");
        answer("/_aws/execute-api/a1b2c3/v1/mlflow/health", 503, "{\"message\":\"MLflow is down\"}");
        server.removeContext("/_aws/execute-api/a1b2c3/v1/operations/readiness");
        answer("/_aws/execute-api/a1b2c3/v1/operations/readiness", 200, READINESS.replace("failing", "ok"));
        server.removeContext("/");
        answer("/", 200, "{\"executions\":[]}");
        var off = new HashMap<>(SERVICE_OUTPUTS);
        off.put("MlflowState", "DOWN");
        cloudFormation.add("vowcheck-dev-service", "UPDATE_COMPLETE", off);
        for (var operator :
                List.of(Optional.of(new OperatorLogin("ada", "lovelace")), Optional.<OperatorLogin>empty())) {
            var status = status(operator, List.of());

            assertThat(Printed.by(out -> status.print(out, Style.PLAIN)))
                    .containsPattern("(?m)^mlflow +off: ./vowcheck mlflow up --stage dev brings it up$");
            assertThat(status.healthy()).isTrue();
        }
    }

    @Test
    void aDeploymentThatWasRolledBackAndARaisedAlarmAreShown() {
        cloudFormation.add("vowcheck-dev-service", "UPDATE_ROLLBACK_COMPLETE", SERVICE_OUTPUTS);
        var status = status(Optional.empty(), List.of("vowcheck-dev-service-ModelOld"));

        assertThat(status.healthy()).isFalse();
        assertThat(Printed.by(out -> status.print(out, Style.PLAIN)))
                .containsPattern("(?m)^service stack +down: its state is UPDATE_ROLLBACK_COMPLETE, ")
                .containsPattern("(?m)^alarm +vowcheck-dev-service-ModelOld$");
    }

    @Test
    void whoeverChangesItIsToldWhichOneItIs() {
        var deployment = new StageStacks(StageName.DEV, cloudFormation).deployment();
        var stage = new DeployedStage(StageName.DEV, deployment, new ApiAddress.AtEndpoint(deployment, endpoint));

        assertThat(stage.place()).isEqualTo("the stage dev of the account 1 in eu-central-1");
    }

    @Test
    void aStageThatIsNotDeployedHasNoState() {
        var nowhere = new StageStacks(StageName.PROD, cloudFormation);
        var stage = new DeployedStage(
                StageName.PROD, nowhere.deployment(), new ApiAddress.AtEndpoint(nowhere.deployment(), endpoint));

        assertThatThrownBy(() -> new StageStatus(stage, nowhere, Optional.empty(), List::of))
                .isInstanceOf(CommandFailed.class)
                .hasMessageStartingWith("the stage prod is not deployed in this account and region");
    }

    private StageStatus status(Optional<OperatorLogin> operator, List<String> alarms) {
        var stacks = new StageStacks(StageName.DEV, cloudFormation);
        var deployment = stacks.deployment();
        var stage = new DeployedStage(StageName.DEV, deployment, new ApiAddress.AtEndpoint(deployment, endpoint));
        return new StageStatus(stage, stacks, operator, () -> alarms);
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /// Those with which AWS's clients are called, as properties.
    private Map<String, String> settings() {
        return Map.of(
                "aws.endpointUrl", endpoint.toString(),
                "aws.region", "eu-central-1",
                "aws.accessKeyId", "test",
                "aws.secretAccessKey", "test",
                "aws.maxAttempts", "1");
    }
}
