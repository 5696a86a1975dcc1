package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import vowcheck.adapters.json.JsonDocument;

/// The scoring API as the clerks' application and the auditors use it over HTTP, also while the database hangs.
@ExtendWith(RunningSystem.class)
@Order(2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersIT {

    private final LocalSystem system;
    private final String application;

    AnswersIT(LocalSystem system) throws Exception {
        this.system = system;
        this.application = LocalSystem.event("request_1.json");
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
                var answer = system.post("/predict", application);
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
