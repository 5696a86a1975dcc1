package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.deployment.FunctionsZip;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.postgres.SchemaVersion;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.model.ShadowStart;

/// The whole system on LocalStack as its users see it, from `up` to a retraining.
@ExtendWith(RunningSystem.class)
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndIT {

    private static final Offset<Double> CLOSE = within(1e-6);

    private final LocalSystem system;
    private final MlflowOfOperators mlflow;

    EndToEndIT(LocalSystem system) {
        this.system = system;
        this.mlflow = new MlflowOfOperators(system);
    }

    @Test
    @Order(1)
    void everyServiceIsHealthy() {
        var plain = system.run("status");

        assertThat(plain.exitCode()).as(plain.output()).isZero();
        for (var service : List.of("localstack", "database", "model", "queue", "api", "mlflow")) {
            assertThat(system.status().document("services").text(service))
                    .as(service)
                    .isEqualTo("healthy");
        }
    }

    @Test
    @Order(1)
    void aPredictionIsAnsweredAndItsRowIsStored() throws Exception {
        var answer = system.post("/predict", LocalSystem.event("request_1.json"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var requestId = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(system.ask(
                        "SELECT divorce_probability FROM prediction_logs WHERE request_id = '%s'".formatted(requestId)))
                .isEqualTo(String.valueOf(JsonDocument.parse(answer.body()).number("probability")));
        assertThat(system.ask("SELECT features ->> 'Age_Days' FROM prediction_logs WHERE request_id = '%s'"
                        .formatted(requestId)))
                .isEqualTo("20000");
    }

    @Test
    @Order(1)
    void aBatchIsAnsweredInItsOrderAndStoredUnderOneRequestId() throws Exception {
        var answer = system.post("/batch_predict", LocalSystem.event("request_drift.json"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var requestId = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(system.ask("""
            SELECT string_agg(divorce_probability::REAL::TEXT, ' ' ORDER BY instance)
            FROM prediction_logs WHERE request_id = '%s' AND endpoint = 'batch'
            """.formatted(requestId)))
                .isEqualTo(joined(JsonDocument.parse(answer.body()).floats("probabilities")));
    }

    /// A warning would be that the model asks for other packages, or that the client does not know a field.
    @Test
    @Order(1)
    void mlflowsPythonClientLoadsTheModelAndGivesTheApisProbabilities(@TempDir Path folder) throws Exception {
        var warnings = folder.resolve("warnings").toFile();
        var score = system.command(
                LocalSystem.ROOT
                        .resolve(".local/tools/mlflow-client/bin/python")
                        .toString(),
                LocalSystem.ROOT
                        .resolve("launcher/src/test/mlflow-client/score.py")
                        .toString(),
                "events/request_drift.json");
        var environment =
                score.redirectErrorStream(false).redirectError(warnings).environment();
        environment.put("MLFLOW_TRACKING_URI", system.status().text("mlflow_tracking_uri"));
        environment.put("MLFLOW_TRACKING_USERNAME", system.status().text("operator_user"));
        environment.put("MLFLOW_TRACKING_PASSWORD", system.status().text("operator_password"));

        var program = score.start();
        var output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(program.waitFor()).as(Files.readString(warnings.toPath())).isZero();
        assertThat(Files.readAllLines(warnings.toPath()))
                .filteredOn(line -> line.contains("WARNING") && !line.contains("version of Python"))
                .isEmpty();
        var theirs = JsonDocument.parse(output);
        var ours = JsonDocument.parse(system.post("/batch_predict", LocalSystem.event("request_drift.json"))
                .body());
        assertThat(theirs.doubles("probabilities")).hasSize(1001).containsExactly(ours.doubles("probabilities"), CLOSE);
        assertThat(theirs.doubles("reordered")).containsExactly(theirs.doubles("probabilities"));
        assertThat(theirs.texts("refusals"))
                .satisfiesExactly(
                        byMlflow -> assertThat(byMlflow).contains("missing inputs ['Age_Days']"),
                        byTheModel -> assertThat(byTheModel)
                                .startsWith("the columns Age_Days are missing, expected Age_Days, Client_Income, "));
        var example = JsonDocument.parse(
                system.post("/predict", LocalSystem.event("request_1.json")).body());
        assertThat(theirs.doubles("example")).containsExactly(new double[] {example.number("probability")}, CLOSE);
    }

    @Test
    @Order(1)
    void anInvalidApplicationIsRefusedByNameAndNotStored() throws Exception {
        var before = system.ask("SELECT count(*) FROM prediction_logs");

        var answer = system.post("/predict", LocalSystem.event("request_1.json").replace("20000", "-1"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("/Age_Days");
        assertThat(system.ask("SELECT count(*) FROM prediction_logs")).isEqualTo(before);
    }

    @Test
    @Order(1)
    void aCallWithoutKeyIsForbidden() throws Exception {
        assertThat(system.send(system.request("/predict").POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(system.send(system.request("/model-info")).statusCode()).isEqualTo(403);
    }

    @Test
    @Order(1)
    void anOperatorsCallNeedsAnOperator() throws Exception {
        var anonymous = system.send(updateModel());

        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"vowcheck\"");
        var wrong = LocalSystem.basic(system.status().text("operator_user"), "wrong");
        assertThat(system.send(updateModel().header("Authorization", wrong)).statusCode())
                .isEqualTo(401);
        assertThat(system.send(updateModel().header("x-api-key", system.status().text("api_key")))
                        .statusCode())
                .isEqualTo(401);

        var operator = system.send(system.asOperator(updateModel()));

        assertThat(operator.statusCode()).as(operator.body()).isEqualTo(200);
        assertThat(JsonDocument.parse(operator.body()).text("model_version")).isEqualTo("1");
    }

    @Test
    @Order(1)
    void headIsAnsweredAsGetWithTheSameKey() throws Exception {
        assertThat(system.send(system.request("/model-info").HEAD()).statusCode())
                .isEqualTo(403);
        for (var path : List.of("/model-info", "/health", "/docs", "/openapi.json", "/predictions/nobodys-request")) {
            var get = system.send(system.asClerk(system.request(path)));
            var head = system.send(system.asClerk(system.request(path).HEAD()));

            assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
            assertThat(head.body()).as(path).isEmpty();
            for (var header : List.of("Content-Type", "X-Model-Version", "ETag", "Cache-Control")) {
                assertThat(head.headers().allValues(header))
                        .as(path)
                        .isEqualTo(get.headers().allValues(header));
            }
        }
    }

    @Test
    @Order(1)
    void aStoredPredictionIsFoundByItsPercentEncodedId() throws Exception {
        var scoring = system.asClerk(system.request("/predict")
                .header("Idempotency-Key", "t15_percent-encoded")
                .POST(HttpRequest.BodyPublishers.ofString(LocalSystem.event("request_1.json"))));
        assertThat(system.send(scoring).statusCode()).isEqualTo(200);

        var stored = system.send(system.asClerk(system.request("/predictions/t15%5Fpercent%2Dencoded")));

        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
        assertThat(JsonDocument.parse(stored.body()).text("request_id")).isEqualTo("t15_percent-encoded");
        for (var id : List.of("t15%00", "t15%2Fpercent", "t15%255Fpercent%252Dencoded")) {
            var none = system.send(system.asClerk(system.request("/predictions/" + id)));
            assertThat(none.statusCode()).as(id).isEqualTo(404);
        }
    }

    @Test
    @Order(1)
    void callsWithoutAKeyAreAnsweredAndReachThePublicFunctionOnly() throws Exception {
        long scoring = invocations(StackOutput.SCORING_FUNCTION_NAME);
        long operations = invocations(StackOutput.OPERATIONS_FUNCTION_NAME);
        long publicCalls = invocations(StackOutput.PUBLIC_FUNCTION_NAME);

        assertThat(system.send(system.request("/health")).body()).isEqualTo("{\"status\":\"ok\"}");
        assertStatus(200, "GET", "/docs/page.js");
        assertStatus(404, "GET", "/elsewhere");
        assertStatus(404, "POST", "/operations");
        assertStatus(404, "GET", "/predictions/of/nobody");
        assertStatus(405, "GET", "/predict");
        assertStatus(405, "DELETE", "/predictions/of-nobody");
        assertStatus(405, "GET", "/update-model");
        assertStatus(403, "POST", "/predict");
        assertStatus(401, "POST", "/update-model");

        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(invocations(StackOutput.PUBLIC_FUNCTION_NAME))
                        .isEqualTo(publicCalls + 8));
        assertThat(invocations(StackOutput.SCORING_FUNCTION_NAME)).isEqualTo(scoring);
        assertThat(invocations(StackOutput.OPERATIONS_FUNCTION_NAME)).isEqualTo(operations);
    }

    @Test
    @Order(1)
    void readinessIsForOperatorsAndLooksAtModelDatabaseAndQueue() throws Exception {
        assertStatus(401, "GET", "/operations/readiness");
        assertThat(system.send(system.asClerk(system.request("/operations/readiness")))
                        .statusCode())
                .isEqualTo(401);

        var answer = system.send(system.asOperator(system.request("/operations/readiness")));
        var head = system.send(
                system.asOperator(system.request("/operations/readiness").HEAD()));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        var checks = JsonDocument.parse(answer.body()).document("checks");
        assertThat(checks.document("model").text("model_version")).isEqualTo("1");
        assertThat(checks.document("database").integer("schema_version")).isEqualTo(SchemaVersion.NEEDED);
        assertThat(checks.document("queue").integer("dead_letters")).isZero();
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    @Order(1)
    void aMissingQueueIsNotReady() throws Exception {
        var url = system.deployment().output(StackOutput.UNLOGGED_DEAD_LETTER_QUEUE_URL);
        try (var sqs = system.aws(SqsClient.builder())) {
            sqs.deleteQueue(request -> request.queueUrl(url));
            try {
                assertThat(readiness(503)).contains("the queue of dead letters does not exist");
            } finally {
                sqs.createQueue(request -> request.queueName(url.substring(url.lastIndexOf('/') + 1)));
            }
        }
        readiness(200);
    }

    /// What readiness says with that status.
    private String readiness(int status) throws Exception {
        var answer = system.send(system.asOperator(system.request("/operations/readiness")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    private void assertStatus(int status, String method, String path) throws Exception {
        var answer = system.send(system.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(status);
    }

    /// How often a function was invoked, by its log.
    private long invocations(StackOutput functionName) {
        return logged(functionName).stream()
                .filter(line -> line.startsWith("START RequestId: "))
                .count();
    }

    /// The lines of a function's log.
    private List<String> logged(StackOutput functionName) {
        var group = "/aws/lambda/" + system.deployment().output(functionName);
        try (var logs = system.aws(CloudWatchLogsClient.builder())) {
            return logs.filterLogEventsPaginator(request -> request.logGroupName(group)).events().stream()
                    .map(FilteredLogEvent::message)
                    .toList();
        }
    }

    @Test
    @Order(1)
    void predictionsInTheQueueReachTheLog() throws Exception {
        var message = JsonDocument.parse(LocalSystem.event("relog_handler.json"))
                .documents("Records")
                .getFirst()
                .text("body");
        var requestId = JsonDocument.parse(message).text("request_id");
        try (var sqs = system.aws(SqsClient.builder())) {
            var queue = system.deployment().output(StackOutput.UNLOGGED_QUEUE_URL);
            sqs.sendMessage(send -> send.queueUrl(queue).messageBody(message));
            sqs.sendMessage(send -> send.queueUrl(queue).messageBody(message));
        }

        system.awaitAnswer("SELECT count(*) FROM prediction_logs WHERE request_id = '%s'".formatted(requestId), "1");
    }

    @Test
    @Order(1)
    void theDatabaseHoldsThePopulationAndDeclaresItSynthetic() throws Exception {
        assertThat(system.ask("SELECT count(*) FROM divorce_predictions")).isEqualTo("213990");
        assertThat(system.ask("SELECT obj_description('divorce_predictions'::regclass)"))
                .contains("synthetic");
    }

    /// What is trained afterwards is trained on the imported rows.
    @Test
    @Order(1)
    void aDumpOfTheRowsIsImportedOnceAndWhole(@TempDir Path folder) throws Exception {
        var dump = folder.resolve("dump.sql");
        try (var connection = system.database(LocalSystem.DATABASE);
                var statement = connection.createStatement()) {
            // So that the import looks for tombstones.
            statement.execute("UPDATE divorce_predictions SET loan_id = 'L-imported' WHERE \"index\" = 0");
        }
        LabelledRowsDump.write(system, dump);
        var digest = "SELECT count(*) || ' ' || sum(hashtext(rows::TEXT)::BIGINT) FROM divorce_predictions AS rows";
        var before = system.ask(digest);

        var again = system.run("import", dump.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.output())
                .contains(
                        "line 12, column index: in the table already, or on an earlier line",
                        "vowcheck: 1 of 213,990 rows are refused; nothing was loaded");
        assertThat(system.ask(digest)).isEqualTo(before);

        try (var connection = system.database(LocalSystem.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("TRUNCATE divorce_predictions");
        }
        var dry = system.run("import", "--dry-run", dump.toString());
        assertThat(dry.exitCode()).as(dry.output()).isZero();
        assertThat(dry.output()).contains("213,990 labelled rows can be loaded; a dry run loads nothing");
        assertThat(system.ask("SELECT count(*) FROM divorce_predictions")).isEqualTo("0");

        var imported = system.run("import", dump.toString());
        assertThat(imported.exitCode()).as(imported.output()).isZero();
        assertThat(imported.output()).contains("213,990 labelled rows are loaded");
        assertThat(system.ask(digest)).isEqualTo(before);

        var shown = system.run("data", "import", "--json");
        assertThat(shown.exitCode()).as(shown.output()).isZero();
        var report = JsonDocument.parse(shown.output());
        assertThat(report.longInteger("rows")).isEqualTo(213_990);
        assertThat(report.longInteger("recurring_rows")).isGreaterThan(20_000);
        assertThat(report.document("compared_with").longInteger("rows")).isEqualTo(213_990);
        assertThat(report.document("features").document("Age_Days").number("psi"))
                .isLessThan(0.05);
        assertThat(system.run("data", "training").output())
                .startsWith("training ")
                .contains("equal in all features to another row", "Client_Income");
    }

    @Test
    @Order(1)
    void predictPrintsTheAnswer() {
        var predict = system.run("predict", "events/request_1.json");

        assertThat(predict.exitCode()).as(predict.output()).isZero();
        assertThat(JsonDocument.parse(predict.output()).number("probability")).isBetween(0.0, 1.0);
        assertThat(system.run("predict", "events/migrate_handler.json").exitCode())
                .isEqualTo(1);
    }

    @Test
    @Order(1)
    void logsNameTheFunctionsThatHaveALog() {
        assertThat(system.run("logs", "--raw", "scoring").output()).contains("REPORT RequestId");
        assertThat(system.run("logs", "scoring").output()).doesNotContain("RequestId: ");
        assertThat(system.run("logs", "nobody").output()).contains("expected one of: drift, ", ", migrate, mlflow, ");
    }

    /// The second one has MLflow's client, a jar of 8.6 MB, for the functions that call MLflow.
    @ParameterizedTest
    @CsvSource({"FUNCTIONS, 25000000", "MLFLOW_FUNCTIONS, 32000000"})
    @Order(1)
    void theFunctionsZipsAreSmallAndHaveNoNativeCode(FunctionsZip zip, long mostBytes) throws Exception {
        var path = LocalSystem.ROOT.resolve(FunctionsZip.FOLDER).resolve(zip.fileName());

        assertThat(Files.size(path)).isLessThanOrEqualTo(mostBytes);
        try (var archive = new ZipInputStream(Files.newInputStream(path))) {
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
        var up = system.run("up");

        assertThat(up.exitCode()).as(up.output()).isZero();
        assertThat(up.output()).doesNotContain("deploying").doesNotContain("building");
        assertThat(system.ask("SELECT count(*) FROM divorce_predictions")).isEqualTo("213990");
    }

    @Test
    @Order(3)
    void theDriftCheckFindsAgeDaysAndRetrains() throws Exception {
        system.post("/batch_predict", LocalSystem.event("request_drift.json"));

        var report = JsonDocument.parse(system.run("drift", "--json").output());

        assertThat(report.text("verdict")).isEqualTo("drifted");
        assertThat(report.texts("drifted_features")).containsExactly("Age_Days");
        assertThat(report.document("psi").number("Age_Days")).isBetween(0.05, 0.07);
        var followed = system.run("follow", report.text("training_execution"));
        assertThat(followed.exitCode()).as(followed.output()).isZero();
        assertThat(followed.output()).contains("Begin", "Train", "promoted: version 2");
        // Its training rows include the year of the drift, so it predicts that year's rows better.
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(system.modelInfo())
                        .contains("\"model_version\":\"2\"")
                        .contains(LocalDate.now(ZoneOffset.UTC).toString()));
        assertThat(mlflow.finishedRuns()).isEqualTo(2);
    }

    @Test
    @Order(4)
    void retrainingSaysWhatWasDecidedAndWhy() { // its rows are older than those that the champion was fitted on
        for (var cutoff : List.of("2025-05-01", "2025-06-01")) {
            var retrain = system.run("retrain", cutoff);

            assertThat(retrain.exitCode()).as(retrain.output()).isZero();
            assertThat(retrain.output())
                    .contains("Begin", "Train", "Promote", "not comparable: version ", "needs at least 2,000 rows");
        }
    }

    @Test
    @Order(4)
    void retrainingSaysWhyItFailed() {
        var retrain = system.run("retrain", "1990-01-01");

        assertThat(retrain.exitCode()).isEqualTo(1);
        assertThat(retrain.output())
                .contains("vowcheck: the workflow failed: ", "0 rows to ", "expected some of both labels");
    }

    @Test
    @Order(5)
    void aRollbackMovesPointerAndAliasesAndASecondOneMovesThemBack() throws Exception {
        var serving = pointer().text("model_version");
        var former = pointer().text("former_model_version");
        assertThat(former).isNotEqualTo(serving);

        assertRolledBack(system.run("rollback", "--reason", "a walk"), former, serving);
        assertRolledBack(system.run("rollback", "--reason", "a walk"), serving, former);
        assertRolledBack(system.run("rollback", former, "--reason", "a walk"), former, serving);
        assertRolledBack(system.run("rollback", serving, "--reason", "a walk"), serving, former);

        assertThat(system.ask("""
                        SELECT string_agg(concat_ws(' ', kind, decided_by, reason, from_version, to_version), ', '
                                          ORDER BY begun_at)
                        FROM model_decisions WHERE reason = 'a walk' AND done_at >= begun_at
                        """))
                .isEqualTo(("rolled_back operator a walk %1$s %2$s, rolled_back operator a walk %2$s %1$s,"
                                + " rolled_back operator a walk %1$s %2$s, rolled_back operator a walk %2$s %1$s")
                        .formatted(serving, former));
        assertThat(system.ask(
                        "SELECT count(*) > 0 FROM model_decisions WHERE kind = 'promoted' AND done_at IS NOT NULL"))
                .isEqualTo("t");
    }

    @Test
    @Order(5)
    void aRollbackToAnUnknownVersionNamesThoseThatCanServe() {
        var before = system.modelInfo();

        var rollback = system.run("rollback", "99", "--reason", "a walk");

        assertThat(rollback.exitCode()).isEqualTo(1);
        assertThat(rollback.output())
                .contains(
                        "vowcheck: the rollback is refused: no model 99 is in the store; these can serve, newest first:")
                .contains("2, 1");
        assertThat(system.modelInfo()).isEqualTo(before);
    }

    /// The former model scores what the one in production answers.
    @Test
    @Order(5)
    void aShadowScoresBesideTheModelInProductionUntilItIsStopped() throws Exception {
        var serving = pointer().text("model_version");
        var shadow = pointer().text("former_model_version");

        var refused = system.run("shadow", serving, "--reason", "beside it");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("version %s is in production: a model is not its own".formatted(serving));
        var started = system.run("shadow", shadow, "--reason", "beside it");
        assertThat(started.exitCode()).as(started.output()).isZero();
        assertThat(started.output()).contains("version %s is the shadow".formatted(shadow));

        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(scoredBy(shadow, "/predict", "request_1.json"))
                        .isEqualTo("1 of 1"));
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(scoredBy(shadow, "/batch_predict", "request_drift.json"))
                        .isEqualTo("1001 of 1001"));
        var compared =
                JsonDocument.parse(system.run("shadow", "--json").output()).document("comparison");
        assertThat(compared.integer("scored")).isBetween(1002, compared.integer("rows"));
        assertThat(compared.texts("answered_by")).containsExactly(serving);
        assertThat(system.run("shadow").output())
                .contains("version %s has been the shadow since ".formatted(shadow), "rank correlation 0.");
        var drift = JsonDocument.parse(system.run("drift", "--json").output());
        assertThat(drift.document("shadow").text("model_version")).isEqualTo(shadow);
        if (drift.has("training_execution")) { // no other test shall meet it
            system.run("follow", drift.text("training_execution"));
        }

        var stopped = system.run("shadow", "--stop", "--reason", "beside it");
        assertThat(stopped.exitCode()).as(stopped.output()).isZero();
        assertThat(system.run("shadow").output()).startsWith("no model is the shadow");
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(scoredBy(shadow, "/predict", "request_1.json"))
                        .isEqualTo("0 of 1"));
        assertThat(system.ask("""
                        SELECT string_agg(concat_ws(' ', kind, decided_by, from_version, to_version), ', '
                                          ORDER BY begun_at)
                        FROM model_decisions WHERE reason = 'beside it' AND done_at >= begun_at
                        """))
                .isEqualTo("shadow_started operator %1$s %2$s, shadow_stopped operator %1$s %2$s"
                        .formatted(serving, shadow));
    }

    /// As after somebody has deleted its bundle.
    @Test
    @Order(5)
    void aShadowWhoseBundleIsMissingFailsNoAnswerAndIsCounted() throws Exception {
        try (var s3 = system.aws(S3Client.builder())) {
            var store = new S3ModelStore(s3, system.status().text("bucket"), FeatureSchema.CURRENT);
            var lost = new NamedShadow(
                    new ModelIdentity(new ModelVersion("97"), Sha256.of(new byte[1])),
                    new ShadowStart(Instant.EPOCH, "operator", "its bundle is missing"));
            assertThat(store.shadow(store.serving(), lost)).isTrue();

            await().atMost(LocalSystem.PATIENCE).untilAsserted(() -> {
                assertThat(scoredBy("97", "/predict", "request_1.json")).isEqualTo("0 of 1");
                assertThat(logged(StackOutput.SCORING_FUNCTION_NAME))
                        .anyMatch(line -> line.contains("\"ShadowFailures\":1"))
                        .anyMatch(line -> line.contains("version 97 does not score as the shadow"));
            });

            var stopped = system.run("shadow", "--stop", "--reason", "its bundle is missing");
            assertThat(stopped.exitCode()).as(stopped.output()).isZero();
            assertThat(store.serving().shadow()).isEqualTo(NoShadow.NONE);
        }
    }

    /// How many applications of a new request have a score of that shadow.
    private String scoredBy(String shadow, String path, String event) throws Exception {
        var answer = system.post(path, LocalSystem.event(event));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return system.ask("""
                SELECT count(shadow_probability) FILTER (WHERE shadow_version = '%s') || ' of ' || count(*)
                FROM prediction_logs WHERE request_id = '%s'
                """.formatted(
                        shadow, answer.headers().firstValue("X-Request-Id").orElseThrow()));
    }

    @Test
    @Order(6)
    void aDamagedPointerIsSaidAndARollbackRepairsIt() throws Exception {
        var serving = pointer().text("model_version");
        try (var s3 = system.aws(S3Client.builder())) {
            s3.putObject(
                    request -> request.bucket(system.status().text("bucket")).key(BucketKeys.POINTER),
                    RequestBody.fromString("{\"model_version\": 1}"));
        }
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(system.modelInfo())
                        .contains("\"model_version\":\"%s\"".formatted(serving))
                        .contains("\"refused\":{\"reason\":\"production.json "));
        assertThat(system.run("status").output())
                .contains("down: the model in production is not known: production.json");
        assertThat(readiness(503)).contains("the model in production is not known: production.json");
        var refused = system.run("rollback", "--reason", "a walk");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("name the version to go back to; these can serve");

        var repaired = system.run("rollback", serving, "--reason", "a walk");

        assertThat(repaired.exitCode()).as(repaired.output()).isZero();
        assertThat(pointer().text("model_version")).isEqualTo(serving);
        readiness(200);
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(system.modelInfo()).doesNotContain("refused"));
        assertThat(system.run("status").exitCode()).isZero();
    }

    @Test
    @Order(6)
    void todaysPredictionsAreExportedAndThatIsOnRecord(@TempDir Path folder) throws Exception {
        var today = LocalDate.now(ZoneOffset.UTC).toString();
        var file = folder.resolve("today.csv");

        var export = system.run("export", "--from", today, "--to", today, "--reason", "a test", file.toString());

        assertThat(export.exitCode()).as(export.output()).isZero();
        var lines = Files.readAllLines(file);
        assertThat(lines.getFirst()).startsWith("request_id,client,timestamp,");
        assertThat(system.ask("SELECT row_count || ' ' || reason FROM prediction_exports"))
                .isEqualTo((lines.size() - 1) + " a test");
        assertThat(lines).hasSizeGreaterThan(1001);
        var again = system.run("export", "--from", today, "--to", today, file.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.output()).contains("today.csv exists already");
    }

    @Test
    @Order(6)
    void theRetentionKeepsWhatIsYoungAndSaysSo() throws Exception {
        var before = system.ask("SELECT count(*) FROM prediction_logs");
        try (var lambda = system.aws(LambdaClient.builder())) {
            var answer = lambda.invoke(
                    request -> request.functionName(system.deployment().output(StackOutput.RETENTION_FUNCTION_NAME)));
            var report = JsonDocument.parse(answer.payload().asUtf8String());

            assertThat(report.flag("complete")).isTrue();
            assertThat(report.texts("partitions_dropped")).isEmpty();
            assertThat(report.longInteger("rows_left_outside")).isZero();
        }
        assertThat(system.ask("SELECT count(*) FROM prediction_logs")).isEqualTo(before);
    }

    /// Neither a rollback nor a promotion may overwrite the other one, however close they are.
    @Test
    @Order(7)
    void aPointerThatOthersWriteAfterItWasReadIsNotOverwritten() {
        var bucket = system.status().text("bucket");
        try (var s3 = system.aws(S3Client.builder())) {
            var store = new S3ModelStore(s3, bucket, FeatureSchema.CURRENT);
            var serving = store.inProduction();
            var model = serving.orElseThrow().model();
            var theirs = new ModelPointer(model, new ModelVersion("98"), null);
            var others = new DelegatingS3Client(s3) {
                @Override
                public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
                    assertThat(store.replace(serving, theirs)).isTrue();
                    return super.putObject(request, body);
                }
            };
            var slower = new S3ModelStore(others, bucket, FeatureSchema.CURRENT);

            assertThat(slower.replace(serving, new ModelPointer(model, new ModelVersion("99"), null)))
                    .isFalse();

            assertThat(store.inProduction()).hasValue(theirs);
            assertThat(store.replace(Optional.of(theirs), serving.orElseThrow()))
                    .isTrue();
        }
    }

    private void assertRolledBack(Launcher.Result rollback, String serving, String former) {
        assertThat(rollback.exitCode()).as(rollback.output()).isZero();
        assertThat(rollback.output())
                .contains("version %s is in production again, in place of version %s".formatted(serving, former));
        assertThat(pointer().text("model_version")).isEqualTo(serving);
        assertThat(mlflow.holder(ModelAlias.PRODUCTION)).hasValue(serving);
        assertThat(mlflow.holder(ModelAlias.DEPRECATED)).hasValue(former);
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(
                        () -> assertThat(system.modelInfo()).contains("\"model_version\":\"%s\"".formatted(serving)));
    }

    private JsonDocument pointer() {
        try (var s3 = system.aws(S3Client.builder())) {
            return JsonDocument.parse(s3.getObjectAsBytes(request ->
                            request.bucket(system.status().text("bucket")).key(BucketKeys.POINTER))
                    .asUtf8String());
        }
    }

    private static String joined(float[] values) {
        var text = new StringBuilder();
        for (float value : values) {
            text.append(text.isEmpty() ? "" : " ").append(value);
        }
        return text.toString();
    }

    private HttpRequest.Builder updateModel() {
        return system.request("/update-model").POST(HttpRequest.BodyPublishers.noBody());
    }
}
