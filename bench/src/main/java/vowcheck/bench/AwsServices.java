package vowcheck.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.PointerJson;
import vowcheck.adapters.postgres.DatabaseLogin;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.Sha256;

/// What a scoring function asks AWS for besides events: objects of S3, with conditional reads, and one secret of
/// Secrets Manager. Nothing else is answered.
final class AwsServices implements AutoCloseable {

    private static final String BUCKET = "models";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final String secret;

    /// Serves a bundle that is in production, and the login.
    AwsServices(byte[] manifest, byte[] model, DatabaseLogin login) throws IOException {
        secret = JsonDocument.write(Map.of("username", login.username(), "password", login.password()));
        var bundle = ModelBundle.open(manifest, model);
        var version = bundle.manifest().version();
        var pointer = PointerJson.write(new ModelPointer(version, Sha256.of(manifest), null));
        var folder = "/" + BUCKET + "/models/" + version.value() + "/";
        objects.put("/" + BUCKET + "/production.json", pointer.getBytes(StandardCharsets.UTF_8));
        objects.put(folder + ModelBundle.MANIFEST_FILE, manifest);
        objects.put(folder + ModelBundle.MODEL_FILE, model);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String bucket() {
        return BUCKET;
    }

    /// With the IP address, the SDK's client of S3 puts the bucket into the path.
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            if ("secretsmanager.GetSecretValue".equals(target)) {
                send(
                        exchange,
                        200,
                        JsonDocument.write(Map.of("SecretString", secret)).getBytes(StandardCharsets.UTF_8));
                return;
            }
            byte @Nullable [] object = objects.get(exchange.getRequestURI().getPath());
            if (object == null || !exchange.getRequestMethod().equals("GET")) {
                send(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8));
                return;
            }
            var eTag = "\"" + Sha256.of(object).hex() + "\"";
            exchange.getResponseHeaders().set("ETag", eTag);
            if (eTag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                send(exchange, 200, object);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
