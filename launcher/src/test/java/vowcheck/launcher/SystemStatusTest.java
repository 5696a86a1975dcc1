package vowcheck.launcher;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.adapters.deployment.DeployedStack;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;

/// A LocalStack that is there, and fails at everything else.
class SystemStatusTest {

    @TempDir
    private Path folder;

    private HttpServer localstack;
    private URI endpoint;

    /// The answer of the call of this name, a 400 if empty.
    private volatile String readiness = "";

    @BeforeEach
    void aLocalStackWhoseServicesFail() throws IOException {
        localstack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        localstack.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            if (path.endsWith("/operations/readiness") && !readiness.isEmpty()) {
                var body = readiness.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(503, body.length);
                exchange.getResponseBody().write(body);
            } else {
                exchange.sendResponseHeaders(path.equals("/_localstack/health") ? 200 : 400, -1);
            }
            exchange.close();
        });
        localstack.start();
        endpoint = URI.create("http://127.0.0.1:" + localstack.getAddress().getPort());
        settings().forEach(System::setProperty);
        Files.writeString(new LocalFolder(folder).outputs(), outputs().json());
        Files.writeString(folder.resolve(".env"), "OPERATOR_USER=ada\nOPERATOR_PASSWORD=lovelace\n");
    }

    @AfterEach
    void end() {
        settings().keySet().forEach(System::clearProperty);
        localstack.stop(0);
    }

    @Test
    void whatCannotBeFoundOutDoesNotHideTheRest() {
        var status = status(false);

        assertThat(status.healthy()).isFalse();
        assertThat(Printed.by(out -> status.print(out, Style.of(Map.of()))))
                .containsPattern("(?m)^localstack +healthy$")
                .containsPattern("(?m)^api +down: status 400")
                .containsPattern("(?m)^database +not asked, since the API does not answer$")
                .containsPattern("(?m)^API +%s/_aws/execute-api/".formatted(endpoint))
                .containsPattern("(?m)^training +unknown: .*400")
                .doesNotContain("none is running");
    }

    @Test
    void programsLearnWhatIsUnknownAndWhy() {
        var json = JsonDocument.parse(Printed.by(status(true)::printJson));

        assertThat(json.text("endpoint_url")).isEqualTo(endpoint.toString());
        assertThat(json.has("training")).isFalse();
        assertThat(json.document("unknown").names()).contains("training", "api_keys", "database_url");
        assertThat(json.flag("healthy")).isFalse();
    }

    @Test
    void whatTheScoringFunctionFindsIsToldPartByPart() {
        readiness = """
                {"status":"failing","checks":{
                  "model":{"status":"ok","model_version":"3","milliseconds":48},
                  "database":{"status":"failing","reason":"the database accepts no writes","milliseconds":21},
                  "queue":{"status":"ok","waiting":12,"dead_letters":0,"milliseconds":17}}}""";

        var services = JsonDocument.parse(Printed.by(status(false)::printJson)).document("services");

        assertThat(services.text("api")).isEqualTo("healthy");
        assertThat(services.text("model")).isEqualTo("healthy");
        assertThat(services.text("database")).isEqualTo("down: the database accepts no writes");
        assertThat(services.text("queue")).isEqualTo("healthy");
    }

    @Test
    void withoutAnOperatorsLoginItSaysThatItCannotAsk() throws IOException {
        Files.delete(folder.resolve(".env"));

        assertThat(JsonDocument.parse(Printed.by(status(false)::printJson))
                        .document("unknown")
                        .text("api"))
                .contains("no operator's login");
    }

    private SystemStatus status(boolean withSecrets) {
        var state = new RunState(Optional.of(endpoint), Optional.empty());
        return new SystemStatus(new LocalFolder(folder), folder.resolve(".env"), state, withSecrets);
    }

    /// Those with which the script calls AWS's clients, as properties.
    private Map<String, String> settings() {
        return Map.ofEntries(
                entry("aws.endpointUrl", endpoint.toString()),
                entry("aws.region", "eu-central-1"),
                entry("aws.accessKeyId", "test"),
                entry("aws.secretAccessKey", "test"),
                entry("aws.maxAttempts", "1"));
    }

    private static JsonObject outputs() {
        var outputs = new JsonObject();
        for (var stack : DeployedStack.values()) {
            var values = new JsonObject();
            for (var output : StackOutput.values()) {
                if (output.stack() == stack) {
                    values.with(output.outputName(), "1");
                }
            }
            outputs.with(stack.stackName(LocalStage.NAME), values);
        }
        return outputs;
    }
}
