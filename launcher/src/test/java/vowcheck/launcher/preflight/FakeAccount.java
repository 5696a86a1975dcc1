package vowcheck.launcher.preflight;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The answers of AWS's services to what the checks of an account ask, over HTTP as they are on AWS.
final class FakeAccount implements AutoCloseable {

    /// The operations that were called, in this order.
    final List<String> called = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(int status, String errorType, String body) {}

    FakeAccount() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// What an operation answers from now on.
    void answers(String operation, String body) {
        answers.put(operation, new Answer(200, "", body));
    }

    /// By what an operation is refused from now on, in all protocols.
    void refuses(String operation, String code) {
        var body = operation.equals("GetRole") || operation.equals("GetCallerIdentity")
                ? "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>no</Message></Error></ErrorResponse>"
                        .formatted(code)
                : "{\"__type\":\"com.amazonaws#%s\",\"message\":\"no\"}".formatted(code);
        answers.put(operation, new Answer(code.equals("NoSuchEntity") ? 404 : 400, code, body));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var operation = operation(exchange, body);
            called.add(operation);
            var answer = answers.getOrDefault(operation, new Answer(500, "NotFaked", operation));
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            if (!answer.errorType().isEmpty()) {
                exchange.getResponseHeaders().add("x-amzn-errortype", answer.errorType());
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String operation(HttpExchange exchange, String body) {
        var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            // A call that nobody has signed would be refused.
            return exchange.getRequestHeaders().containsKey("Authorization")
                    ? target.substring(target.indexOf('.') + 1)
                    : "unsigned";
        }
        return body.contains("Action=GetRole")
                ? "GetRole"
                : body.contains("Action=GetCallerIdentity")
                        ? "GetCallerIdentity"
                        : exchange.getRequestURI().getPath().contains("account-settings") ? "GetAccountSettings" : "?";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
