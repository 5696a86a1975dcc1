package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import vowcheck.adapters.json.JsonDocument;

/// What belongs to a client, over everything that changes API Gateway's keys: a new key, `down` and `up`, new code, and
/// a deletion by hand.
@ExtendWith(RunningSystem.class)
@Order(3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClientsIT {

    private final LocalSystem system;
    private final String application;
    private final String id = UUID.randomUUID().toString();

    private String clerks;
    private String former = "";

    ClientsIT(LocalSystem system) throws Exception {
        this.system = system;
        this.application = LocalSystem.event("request_1.json");
        this.clerks = shown("clerks");
    }

    @Test
    @Order(1)
    void twoClientsWithTheSameIdGetTheirOwnAnswers() {
        var portal = shown("portal");
        var first = predicted(clerks, application);
        var other = predicted(portal, younger());

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(other.statusCode()).as(other.body()).isEqualTo(200);
        assertThat(other.body()).isNotEqualTo(first.body());
        assertThat(predicted(clerks, application).body()).isEqualTo(first.body());
        assertThat(predicted(portal, younger()).body()).isEqualTo(other.body());
        assertThat(JsonDocument.parse(stored(portal).body()).text("client")).isEqualTo("portal");
        var auditors = system.asOperator(system.request("/predictions/" + id).header("x-api-key", clerks));
        assertThat(system.send(auditors).statusCode()).isEqualTo(409);
    }

    @Test
    @Order(1)
    void anotherClientGets404() {
        var onlyClerks = system.post("/predict", application);
        var path = "/predictions/"
                + onlyClerks.headers().firstValue("X-Request-Id").orElseThrow();

        assertThat(get(clerks, path).statusCode()).isEqualTo(200);
        assertThat(get(shown("portal"), path).statusCode()).isEqualTo(404);
        assertThat(get(shown("portal"), path + "?client=clerks").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void aNewKeyReadsThePredictionsOfTheFormerOneAndBothAreValid() {
        former = clerks;
        run("key", "new", "clerks");
        clerks = shown("clerks");

        assertThat(clerks).isNotEqualTo(former);
        everythingIsKept(clerks);
        everythingIsKept(former);
        assertThat(system.run("key", "list").output()).contains("clerks-" + clerks.substring(6, 14), "valid");
    }

    @Test
    @Order(3)
    void downAndUpKeepKeysPredictionsAndUrls() {
        var before = system.status();
        system.down();
        system.up();

        for (var url : new String[] {"api_url", "mlflow_url"}) {
            assertThat(system.status().text(url)).isEqualTo(before.text(url));
        }
        everythingIsKept(clerks);
        everythingIsKept(former);
    }

    @Test
    @Order(4)
    void newCodeAndADeploymentKeepThem(@TempDir Path folder) throws Exception {
        try (var lambda = system.aws(LambdaClient.builder())) {
            assertThat(new Redeployment(lambda, RedeploymentIT.changed(folder)).run())
                    .isNotEmpty();
        }
        everythingIsKept(clerks);
        system.up();

        everythingIsKept(clerks);
        everythingIsKept(former);
    }

    @Test
    @Order(5)
    void aKeyThatWasDeletedInApiGatewayComesBack() {
        try (var gateway = system.aws(ApiGatewayClient.builder())) {
            gateway.getApiKeys(get -> get.includeValues(true)).items().stream()
                    .filter(key -> key.value().equals(clerks))
                    .forEach(key -> gateway.deleteApiKey(delete -> delete.apiKey(key.id())));
        }
        assertThat(stored(clerks).statusCode()).isEqualTo(403);

        run("key", "restore");

        everythingIsKept(clerks);
    }

    @Test
    @Order(6)
    void aRevokedKeyIsRefusedAndItsPredictionsStay() {
        run("key", "revoke", "clerks-" + former.substring(6, 14));

        assertThat(stored(former).statusCode()).isEqualTo(403);
        everythingIsKept(clerks);
    }

    /// API Gateway still has the key then: the function refuses it.
    @Test
    @Order(7)
    void aKeyIsRefusedFromItsEndOn() {
        var ends = shown("portal");
        run("key", "new", "portal", "--old-valid-for", "1s");

        await().atMost(LocalSystem.PATIENCE).untilAsserted(() -> {
            var refused = stored(ends);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("valid until");
        });
        assertThat(stored(shown("portal")).statusCode()).isEqualTo(200);
    }

    @Test
    @Order(8)
    void theListTellsWhatAClientHasUsed() {
        var keys =
                JsonDocument.parse(system.run("key", "list", "--json").output()).documents("keys");

        assertThat(keys)
                .filteredOn(key -> key.text("key").equals("clerks-" + clerks.substring(6, 14)))
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.text("state")).isEqualTo("valid");
                    assertThat(key.text("last_characters")).isEqualTo(clerks.substring(clerks.length() - 4));
                    assertThat(key.integer("used_today")).isPositive().isLessThan(key.integer("quota_per_day"));
                });
    }

    /// The first prediction is found and explained, and its call, repeated, is answered as before.
    private void everythingIsKept(String key) {
        var audit = stored(key);
        assertThat(audit.statusCode()).as(audit.body()).isEqualTo(200);
        assertThat(JsonDocument.parse(audit.body())
                        .documents("predictions")
                        .getFirst()
                        .flag("equal"))
                .isTrue();
        var again = predicted(key, application);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    }

    private String younger() {
        return application.replace("20000", "8000");
    }

    private HttpResponse<String> predicted(String key, String json) {
        return system.send(system.request("/predict")
                .header("x-api-key", key)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", id)
                .POST(BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> stored(String key) {
        return get(key, "/predictions/" + id + "?explain=true");
    }

    private HttpResponse<String> get(String key, String path) {
        return system.send(system.request(path).header("x-api-key", key));
    }

    private String shown(String client) {
        return run("key", "show", client).strip();
    }

    private String run(String... command) {
        var result = system.run(command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }
}
