package vowcheck.adapters.aws;

import static cloud.localstack.Constants.TEST_ACCESS_KEY;
import static cloud.localstack.Constants.TEST_SECRET_KEY;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/// A stand-in for a service of AWS that gives the SDK's own client one answer over HTTP, and records the requests. It
/// answers 200 and `{}` unless the test sets another answer.
public final class AwsEndpoint implements AutoCloseable {

    private final HttpServer server;
    private final List<Asked> asked = new ArrayList<>();
    private Answer answer = new Answer(200, Map.of(), "{}");

    private record Answer(int status, Map<String, String> headers, String body) {}

    /// A request.
    ///
    /// @param path as it was sent, encoded
    /// @param target the operation's name in the services' JSON protocols, else empty
    public record Asked(String path, String target, String body) {}

    public AwsEndpoint() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    /// Sets the answer from now on.
    public void answers(int status, Map<String, String> headers, String body) {
        answer = new Answer(status, headers, body);
    }

    /// Refuses every call from now on, as for a role without permission; the SDK does not retry.
    public void denies() {
        answers(400, Map.of("x-amzn-ErrorType", "AccessDeniedException"), "{\"Message\":\"not authorized\"}");
    }

    /// The only request.
    public Asked asked() {
        if (asked.size() != 1) {
            throw new AssertionError("%d requests were made, expected 1".formatted(asked.size()));
        }
        return asked.getFirst();
    }

    /// A client of this service.
    public <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(B builder) {
        return builder.endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(TEST_ACCESS_KEY, TEST_SECRET_KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var target = exchange.getRequestHeaders().getOrDefault("X-Amz-Target", List.of(""));
            asked.add(new Asked(
                    exchange.getRequestURI().getRawPath(),
                    target.getFirst(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
