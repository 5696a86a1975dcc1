package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.operators.OperatorsJson;
import vowcheck.adapters.secrets.BasicCredentials;

/// The scoring API as the clerks' application and the auditors use it over HTTP, also while the database hangs.
@ExtendWith(RunningSystem.class)
@Order(2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersIT {

    /// No log may contain it.
    private static final String LOAN = "loan." + UUID.randomUUID();

    private static final BasicCredentials AUDITOR = new BasicCredentials("auditor", "reads-predictions");

    private final LocalSystem system;
    private final String application;
    private final String applicationOfLoan;
    private @Nullable String operators;

    AnswersIT(LocalSystem system) throws Exception {
        this.system = system;
        this.application = LocalSystem.event("request_1.json");
        this.applicationOfLoan = application.replaceFirst("\\{", "{\"loan_id\": \"%s\", ".formatted(LOAN));
    }

    @BeforeAll
    void anAuditorIsAdded() {
        var secret = system.output(StackOutput.OPERATORS_SECRET_NAME);
        try (var secrets = system.aws(SecretsManagerClient.builder())) {
            operators = secrets.getSecretValue(get -> get.secretId(secret)).secretString();
            var people = new ArrayList<>(OperatorsJson.read(operators).operators());
            people.add(Operator.of(AUDITOR.name(), OperatorRole.AUDITOR, AUDITOR.password(), new SecureRandom()));
            secrets.putSecretValue(put -> put.secretId(secret).secretString(OperatorsJson.write(people)));
        }
    }

    @AfterAll
    void theAuditorIsRemoved() {
        var secret = system.output(StackOutput.OPERATORS_SECRET_NAME);
        try (var secrets = system.aws(SecretsManagerClient.builder())) {
            secrets.putSecretValue(put -> put.secretId(secret).secretString(operators));
        }
    }

    @Test
    void aRepeatedCallIsAnsweredAsBeforeAndStoredOnce() throws Exception {
        var key = UUID.randomUUID().toString();

        var first = keyed(key, application);
        var second = keyed(key, application);
        var other = keyed(key, application.replace("20000", "20001"));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(stored(key)).isEqualTo("1");
    }

    @Test
    void anAnsweredPredictionIsShownRecomputedAndExplained() {
        var answered = system.post("/predict", application);

        var audit = call("/predictions/" + requestId(answered) + "?explain=true", "Accept-Language", "de");

        assertThat(audit.statusCode()).as(audit.body()).isEqualTo(200);
        assertThat(audit.headers().firstValue("Content-Language")).contains("de");
        var prediction =
                JsonDocument.parse(audit.body()).documents("predictions").getFirst();
        assertThat(prediction.flag("equal")).isTrue();
        assertThat(prediction.number("probability"))
                .isEqualTo(JsonDocument.parse(answered.body()).number("probability"));
        double logOdds = prediction.document("explanation").number("log_odds");
        assertThat(1 / (1 + Math.exp(-logOdds))).isCloseTo(prediction.number("probability"), within(1e-12));
        assertThat(call("/predictions/u." + UUID.randomUUID()).statusCode()).isEqualTo(404);
        assertThat(system.send(system.request("/predictions/" + requestId(answered)))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void onlyAnOperatorsProbeIsStoredAsOne() throws Exception {
        var probe = system.request("/predict")
                .header("x-api-key", system.status().text("api_key"))
                .header("Content-Type", "application/json")
                .header("X-Probe", "true")
                .POST(BodyPublishers.ofString(application));
        assertThat(system.send(probe).statusCode()).isEqualTo(401);

        var answer = system.send(system.asOperator(probe));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(system.ask(
                        "SELECT purpose FROM prediction_logs WHERE request_id = '%s'".formatted(requestId(answer))))
                .isEqualTo("probe");
    }

    @Test
    void whileTheDatabaseHangsClerksAreAnsweredAndLaterEverythingIsStoredOnce() throws Exception {
        var answered = new ArrayList<String>();
        var key = UUID.randomUUID().toString();
        try (var _ = new HaltedProcesses(databaseProcesses().toList())) {
            for (int i = 0; i < 5; i++) {
                var answer = system.post("/predict", applicationOfLoan);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                answered.add(requestId(answer));
            }
            var batch = system.post("/batch_predict", LocalSystem.event("request_drift.json"));
            assertThat(batch.statusCode()).as(batch.body()).isEqualTo(200);
            answered.add(requestId(batch));
            assertThat(keyed(key, application).statusCode()).isEqualTo(503);
        }

        for (var requestId : answered.subList(0, 5)) {
            system.awaitAnswer(count(requestId), "1");
        }
        system.awaitAnswer(count(answered.getLast()), "1001");
        assertThat(found(system.asOperator(search())))
                .extracting(prediction -> prediction.text("request_id"))
                .containsAll(answered.subList(0, 5));
        assertNoLogContainsTheLoan();
    }

    @Test
    void aLoansPredictionsAreFoundByOperatorsAndAuditorsOnly() throws Exception {
        var first = requestId(system.post("/predict", applicationOfLoan));
        var second = requestId(
                system.post("/batch_predict", "{\"instances\": [%s, %s]}".formatted(application, applicationOfLoan)));

        assertThat(system.send(search()).statusCode()).isEqualTo(401);
        assertThat(system.send(system.asClerk(search())).statusCode()).isEqualTo(401);
        awaitKnown(asAuditor(search()));
        for (var person : List.of(system.asOperator(search()), asAuditor(search()))) {
            assertThat(found(person))
                    .extracting(prediction -> prediction.text("path"))
                    .startsWith(
                            "/predictions/%s?client=clerks&from=1".formatted(second),
                            "/predictions/%s?client=clerks&from=0".formatted(first));
        }
        var newest = found(asAuditor(search())).getFirst();
        var stored = awaitKnown(asAuditor(system.asClerk(system.request(newest.text("path")))));
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
        assertThat(JsonDocument.parse(stored.body())
                        .documents("predictions")
                        .getFirst()
                        .text("loan_id"))
                .isEqualTo(LOAN);
        assertThat(system.send(asAuditor(system.request("/update-model").POST(BodyPublishers.noBody())))
                        .statusCode())
                .isEqualTo(403);
        assertThat(system.post("/predict", applicationOfLoan.replace("loan.", "loan/"))
                        .statusCode())
                .isEqualTo(422);
        assertNoLogContainsTheLoan();
    }

    @Test
    void whatIsStoredAboutAPersonIsErased() throws Exception {
        var loan = "loan." + UUID.randomUUID();
        var person = application.replaceFirst("\\{", "{\"loan_id\": \"%s\", ".formatted(loan));
        var key = UUID.randomUUID().toString();
        assertThat(keyed(key, person).statusCode()).isEqualTo(200);
        var batch =
                requestId(system.post("/batch_predict", "{\"instances\": [%s, %s]}".formatted(application, person)));
        label(loan);

        var erasure = system.run("erase", "--loan", loan, "--reason", "case 17/2026", "--yes", "--json");

        assertThat(erasure.exitCode()).as(erasure.output()).isZero();
        var erased = JsonDocument.parse(erasure.output()).document("erased");
        assertThat(erased.integer("predictions")).isEqualTo(2);
        assertThat(erased.integer("labelled_rows")).isEqualTo(1);
        assertThat(found(system.asOperator(search(loan)))).isEmpty();
        assertThat(system.ask("SELECT count(*) FROM divorce_predictions WHERE loan_id = '%s'".formatted(loan)))
                .isEqualTo("0");
        assertThat(call("/predictions/" + key).statusCode()).isEqualTo(410);
        assertThat(keyed(key, person).statusCode()).isEqualTo(410);
        var rest = JsonDocument.parse(call("/predictions/" + batch).body());
        assertThat(rest.integer("erased")).isEqualTo(1);
        assertThat(rest.documents("predictions"))
                .singleElement()
                .satisfies(other -> assertThat(other.integer("instance")).isZero());

        var whole = system.run("erase", "--request", batch, "--reason", "case 17/2026", "--yes");

        assertThat(whole.exitCode()).as(whole.output()).isZero();
        assertThat(whole.output()).containsPattern("scoring requests +1");
        assertThat(call("/predictions/" + batch).statusCode()).isEqualTo(410);
        assertThat(stored(batch)).isEqualTo("0");
        assertThat(system.send(asAuditor(system.request("/operations/erasures").POST(BodyPublishers.noBody())))
                        .statusCode())
                .isIn(401, 403);
        assertThat(system.ask("SELECT string_agg(DISTINCT erased_by, ' ') FROM erasures"))
                .isEqualTo(system.status().text("operator_user"));
        assertThat(system.run("logs", "--raw", "erasure").output()).doesNotContain(loan, batch);
    }

    private void label(String loan) throws SQLException {
        try (var connection = system.database(LocalSystem.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO divorce_predictions
                        ("index", "Client_Income", "Credit_Amount", "Loan_Annuity", "Age_Days", "Employed_Days",
                         "Registration_Days", "ID_Days", "Phone_Change", "Credit_Bureau", "Education_Days", "Divorce",
                         "Date", loan_id)
                    SELECT max("index") + 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, '2025-06-01', '%s'
                    FROM divorce_predictions
                    """.formatted(loan));
        }
    }

    private static HttpRequest.Builder asAuditor(HttpRequest.Builder request) {
        return request.setHeader("Authorization", AUDITOR.authorization());
    }

    /// The answer once the function that checks the person has read the new secret.
    private HttpResponse<String> awaitKnown(HttpRequest.Builder request) {
        return await().atMost(LocalSystem.PATIENCE)
                .until(() -> system.send(request), answer -> answer.statusCode() != 401);
    }

    private HttpRequest.Builder search() {
        return search(LOAN);
    }

    private HttpRequest.Builder search(String loan) {
        return system.request("/predictions/search")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"loan_id\": \"%s\"}".formatted(loan)));
    }

    private List<JsonDocument> found(HttpRequest.Builder search) {
        var answer = system.send(search);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonDocument.parse(answer.body()).documents("predictions");
    }

    /// Neither the id nor the part of it that a refused one has.
    private void assertNoLogContainsTheLoan() throws IOException {
        var secret = LOAN.substring("loan.".length());
        for (var function : List.of("scoring", "relog", "operator-authorizer")) {
            assertThat(system.run("logs", "--raw", function).output())
                    .as("the log of " + function)
                    .doesNotContain(secret);
        }
        try (var files = Files.walk(system.folder().resolve("logs"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file).content(StandardCharsets.ISO_8859_1).doesNotContain(secret);
            }
        }
    }

    private Stream<ProcessHandle> databaseProcesses() throws Exception {
        var pid = Path.of(system.ask("SHOW data_directory"), "postmaster.pid");
        var postmaster = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                .orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants());
    }

    private HttpResponse<String> keyed(String key, String json) {
        return system.send(system.request("/predict")
                .header("x-api-key", system.status().text("api_key"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> call(String path, String... headers) {
        var request = system.request(path).header("x-api-key", system.status().text("api_key"));
        return system.send(headers.length == 0 ? request : request.headers(headers));
    }

    private static String requestId(HttpResponse<?> answer) {
        return answer.headers().firstValue("X-Request-Id").orElseThrow();
    }

    private String stored(String requestId) throws Exception {
        return system.ask(count(requestId));
    }

    private static String count(String requestId) {
        return "SELECT count(*) FROM prediction_logs WHERE request_id = '%s'".formatted(requestId);
    }
}
