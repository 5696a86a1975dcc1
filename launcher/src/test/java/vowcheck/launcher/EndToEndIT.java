package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import vowcheck.adapters.json.JsonDocument;

/// The whole system on LocalStack, from `up` to `down`, as its users meet it. The tests that restart it come
/// last.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path LOCAL = ROOT.resolve(".local/test");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Launcher launcher = new Launcher(ROOT, LOCAL);
    private final HttpClient http = HttpClient.newHttpClient();
    private JsonDocument status;

    @BeforeAll
    void up() {
        launcher.run("down", "--wipe");

        var up = launcher.run("up");

        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(up.output()).contains("probability").contains("model version  1");
        status = launcher.status();
    }

    @AfterAll
    void wipe() {
        launcher.run("down", "--wipe");
    }

    @Test
    @Order(1)
    void everyServiceIsHealthy() {
        var plain = launcher.run("status");

        assertThat(plain.exitCode()).as(plain.output()).isZero();
        for (var service : List.of("localstack", "database", "model", "api")) {
            assertThat(status.document("services").text(service)).as(service).isEqualTo("healthy");
        }
    }

    @Test
    @Order(1)
    void aPredictionIsAnsweredAndItsRowIsStored() throws Exception {
        var answer = post("/predict", event("request_1.json"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var requestId = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(ask("SELECT divorce_probability FROM prediction_logs WHERE request_id = '%s'".formatted(requestId)))
                .isEqualTo(String.valueOf(JsonDocument.parse(answer.body()).number("probability")));
        assertThat(ask("SELECT features ->> 'Age_Days' FROM prediction_logs WHERE request_id = '%s'"
                        .formatted(requestId)))
                .isEqualTo("20000");
    }

    @Test
    @Order(1)
    void aBatchIsAnsweredInItsOrderAndStoredUnderOneRequestId() throws Exception {
        var answer = post("/batch_predict", event("request_drift.json"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var requestId = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(ask("""
                        SELECT string_agg(divorce_probability::REAL::TEXT, ' ' ORDER BY instance)
                        FROM prediction_logs WHERE request_id = '%s' AND endpoint = 'batch'
                        """.formatted(requestId)))
                .isEqualTo(joined(JsonDocument.parse(answer.body()).floats("probabilities")));
    }

    @Test
    @Order(1)
    void anInvalidApplicationIsRefusedByNameAndNotStored() throws Exception {
        var before = ask("SELECT count(*) FROM prediction_logs");

        var answer = post("/predict", event("request_1.json").replace("20000", "-1"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("/Age_Days");
        assertThat(ask("SELECT count(*) FROM prediction_logs")).isEqualTo(before);
    }

    @Test
    @Order(1)
    void aCallWithoutKeyIsForbidden() throws Exception {
        assertThat(send(request("/predict").POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(request("/model-info")).statusCode()).isEqualTo(403);
    }

    @Test
    @Order(1)
    void anOperatorsCallNeedsAnOperator() throws Exception {
        var anonymous = send(updateModel());

        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"vowcheck\"");
        assertThat(send(updateModel().header("Authorization", basic(status.text("operator_user"), "wrong")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(updateModel().header("x-api-key", status.text("api_key")))
                        .statusCode())
                .isEqualTo(401);

        var operator = send(updateModel()
                .header("Authorization", basic(status.text("operator_user"), status.text("operator_password"))));

        assertThat(operator.statusCode()).as(operator.body()).isEqualTo(200);
        assertThat(JsonDocument.parse(operator.body()).text("model_version")).isEqualTo("1");
    }

    @Test
    @Order(1)
    void anUnknownPathIsNotFoundAndAWrongMethodNotAllowed() throws Exception {
        assertThat(send(request("/elsewhere")).statusCode()).isEqualTo(404);
        assertThat(send(request("/predict")).statusCode()).isEqualTo(405);
        assertThat(send(request("/update-model")).statusCode()).isEqualTo(405);
    }

    @Test
    @Order(1)
    void predictionsInTheQueueReachTheLog() throws Exception {
        var message = JsonDocument.parse(event("relog_handler.json"))
                .documents("Records")
                .getFirst()
                .text("body");
        var requestId = JsonDocument.parse(message).text("request_id");
        try (var sqs = SqsClient.builder()
                .endpointOverride(URI.create(status.text("endpoint_url")))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            var queue = Deployment.read(LOCAL.resolve("outputs.json")).data("UnloggedQueueUrl");
            sqs.sendMessage(send -> send.queueUrl(queue).messageBody(message));
            sqs.sendMessage(send -> send.queueUrl(queue).messageBody(message));
        }

        assertThat(eventually("SELECT count(*) FROM prediction_logs WHERE request_id = '%s'".formatted(requestId), "1"))
                .isEqualTo("1");
    }

    @Test
    @Order(1)
    void theDatabaseHoldsTheSyntheticPopulationAndSaysSo() throws Exception {
        assertThat(ask("SELECT count(*) FROM divorce_predictions")).isEqualTo("213990");
        assertThat(ask("SELECT obj_description('divorce_predictions'::regclass)"))
                .contains("synthetic");
    }

    @Test
    @Order(1)
    void predictPrintsTheAnswer() {
        var predict = launcher.run("predict", "events/request_1.json");

        assertThat(predict.exitCode()).as(predict.output()).isZero();
        assertThat(JsonDocument.parse(predict.output()).number("probability")).isBetween(0.0, 1.0);
        assertThat(launcher.run("predict", "events/migrate_handler.json").exitCode())
                .isEqualTo(1);
    }

    @Test
    @Order(1)
    void logsNameTheFunctionsThatHaveSome() {
        assertThat(launcher.run("logs", "scoring").output()).contains("REPORT RequestId");
        assertThat(launcher.run("logs", "nobody").output()).contains("expected one of: drift, migrate");
    }

    @Test
    @Order(1)
    void theFunctionsZipIsSmallAndHasNoNativeCode() throws Exception {
        var zip = ROOT.resolve("functions/lambda/target/vowcheck-functions.zip");

        assertThat(Files.size(zip)).isLessThanOrEqualTo(25_000_000);
        try (var archive = new ZipInputStream(Files.newInputStream(zip))) {
            for (var jar = archive.getNextEntry(); jar != null; jar = archive.getNextEntry()) {
                var inner = new ZipInputStream(archive); // not closed: that would close the outer one
                for (var file = inner.getNextEntry(); file != null; file = inner.getNextEntry()) {
                    assertThat(file.getName())
                            .as(jar.getName())
                            .doesNotEndWith(".so")
                            .doesNotEndWith(".dll");
                }
            }
        }
    }

    @Test
    @Order(2)
    void upOnARunningSystemDoesNothingTwice() throws Exception {
        var up = launcher.run("up");

        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(up.output()).doesNotContain("deploying").doesNotContain("building");
        assertThat(ask("SELECT count(*) FROM divorce_predictions")).isEqualTo("213990");
    }

    @Test
    @Order(3)
    void theDriftCheckFindsAgeDaysAndRetrains() throws Exception {
        post("/batch_predict", event("request_drift.json"));

        var report = JsonDocument.parse(launcher.run("drift").output());

        assertThat(report.text("verdict")).isEqualTo("drifted");
        assertThat(report.texts("drifted_features")).containsExactly("Age_Days");
        assertThat(report.document("psi").number("Age_Days")).isBetween(0.05, 0.07);
        var deadline = Instant.now().plus(PATIENCE);
        while (!modelInfo().contains("\"model_version\":\"2\"") && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
        }
        // Trained on the year that the drift came with, it is the better one on that year's rows.
        assertThat(modelInfo())
                .contains("\"model_version\":\"2\"")
                .contains(LocalDate.now(ZoneOffset.UTC).toString());
        assertThat(finishedRuns()).isEqualTo(2);
    }

    @Test
    @Order(4)
    void retrainingSaysWhatWasDecidedAndWhy() {
        for (var cutoff : List.of("2025-05-01", "2025-06-01")) {
            var retrain = launcher.run("retrain", cutoff);

            assertThat(retrain.exitCode()).as(retrain.output()).isZero();
            assertThat(retrain.output()).contains("Begin", "Train", "Promote", "average precision");
        }
    }

    @Test
    @Order(4)
    void aCutoffThatCannotBeLeavesProductionAsItIs() throws Exception {
        var before = modelInfo();

        assertThat(launcher.run("retrain", "2999-01-01").output()).contains("lies in the future");
        assertThat(launcher.run("retrain", "soon").output()).contains("expected a date such as");
        assertThat(launcher.run("retrain", "2020-01-01").exitCode()).isEqualTo(1);

        assertThat(modelInfo()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void aKilledSystemComesBackWithAllItHad() throws Exception {
        var logged = ask("SELECT count(*) FROM prediction_logs");
        var model = modelInfo();
        var runs = finishedRuns();
        var localstack = ProcessHandle.of(localstackPid()).orElseThrow();
        localstack.destroyForcibly();
        localstack.onExit().get();
        assertThat(launcher.run("status").exitCode()).isEqualTo(1);

        var up = launcher.run("up");

        assertThat(up.exitCode()).as(up.output()).isZero();
        var after = launcher.status();
        for (var kept : List.of("api_key", "operator_password", "database_url", "bucket")) {
            assertThat(after.text(kept)).as(kept).isEqualTo(status.text(kept));
        }
        status = after;
        // One more row: the prediction that ends every `up`.
        assertThat(ask("SELECT count(*) FROM prediction_logs")).isEqualTo(String.valueOf(Integer.parseInt(logged) + 1));
        assertThat(modelInfo()).isEqualTo(model);
        assertThat(finishedRuns()).isEqualTo(runs);
    }

    @Test
    @Order(6)
    void downLeavesNoProcess() throws Exception {
        var down = launcher.run("down");

        assertThat(down.exitCode()).as(down.output()).isZero();
        assertThat(SystemProcesses.of(LOCAL)).isEmpty();
        assertThat(launcher.run("status").exitCode()).isEqualTo(1);
    }

    private String modelInfo() throws Exception {
        return send(request("/model-info").header("x-api-key", status.text("api_key")))
                .body();
    }

    /// How many finished runs MLflow shows an operator.
    private int finishedRuns() throws Exception {
        var search = request("/mlflow/api/2.0/mlflow/runs/search")
                .header("Authorization", basic(status.text("operator_user"), status.text("operator_password")))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"experiment_ids\": [\"1\"], \"filter\": \"attributes.status = 'FINISHED'\"}"));
        var answer = JsonDocument.parse(send(search).body());
        return answer.has("runs") ? answer.documents("runs").size() : 0;
    }

    private static long localstackPid() throws IOException {
        return Long.parseLong(Files.readString(LOCAL.resolve("localstack.pid")).split(" ", 2)[0]);
    }

    private static String event(String file) throws IOException {
        return Files.readString(ROOT.resolve("events").resolve(file));
    }

    private static String joined(float[] values) {
        var text = new StringBuilder();
        for (float value : values) {
            text.append(text.isEmpty() ? "" : " ").append(value);
        }
        return text.toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(status.text("api_url") + path));
    }

    private HttpRequest.Builder updateModel() {
        return request("/update-model").POST(HttpRequest.BodyPublishers.noBody());
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return send(request(path)
                .header("x-api-key", status.text("api_key"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private String ask(String sql) throws SQLException {
        var url = URI.create(status.text("database_url"));
        var login = url.getUserInfo().split(":", 2);
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://%s:%d%s".formatted(url.getHost(), url.getPort(), url.getPath()),
                        login[0],
                        login[1]);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private String eventually(String sql, String expected) throws Exception {
        var deadline = Instant.now().plus(PATIENCE);
        var answer = ask(sql);
        while (!answer.equals(expected) && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
            answer = ask(sql);
        }
        return answer;
    }
}
