package vowcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuntimeApiTest {

    private final HttpClient function =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private RuntimeApi api;

    @BeforeEach
    void start() throws IOException {
        api = new RuntimeApi();
    }

    @AfterEach
    void stop() throws IOException {
        function.close();
        api.close();
    }

    @Test
    void functionGetsTheEventAndItsAnswerComesBack() throws Exception {
        var event = "x".repeat(100_000);
        var answering = CompletableFuture.runAsync(() -> respond(next(), "response", "y".repeat(50_000)));

        var answer = api.invoke(event.getBytes(StandardCharsets.UTF_8));
        answering.join();

        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("y".repeat(50_000));
        assertThat(answer.ended()).isGreaterThan(answer.begun());
    }

    @Test
    void errorThatTheFunctionReportsIsSaid() {
        var answering = CompletableFuture.runAsync(() -> respond(next(), "error", "it broke"));

        assertThatExceptionOfType(FunctionFailed.class)
                .isThrownBy(() -> api.invoke(new byte[] {'{', '}'}))
                .withMessageContaining("it broke");
        answering.join();
    }

    private HttpResponse<String> next() {
        return send(HttpRequest.newBuilder(uri("next")).build());
    }

    private void respond(HttpResponse<String> event, String how, String body) {
        var id = event.headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
        send(HttpRequest.newBuilder(uri(id + "/" + how))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private URI uri(String path) {
        return URI.create("http://" + api.address() + "/2018-06-01/runtime/invocation/" + path);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return function.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
