package vowcheck.adapters.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.adapters.bundle.ManifestJson;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.s3.PointerJson;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.Sha256;

/// A stand-in, over HTTP on this machine, for the services of AWS that the scoring function uses: objects of one
/// bucket, with conditional reads, the secret of its database role, and a queue that records its messages.
public final class AwsOnLoopback implements AutoCloseable {

    public static final String BUCKET = "models";
    private static final String SECRET = "{\"username\":\"scoring\",\"password\":\"scoring\"}";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> secretsRead = new CopyOnWriteArrayList<>();
    private final AtomicInteger keptConnections = new AtomicInteger();
    private final HttpServer server;
    private final int queuePort;
    private HttpServer queue;

    public AwsOnLoopback() throws IOException {
        server = started(0);
        queue = started(0);
        queuePort = queue.getAddress().getPort();
    }

    private HttpServer started(int port) throws IOException {
        var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        started.setExecutor(threads);
        started.createContext("/", this::answer);
        started.start();
        return started;
    }

    /// Whether the queue accepts connections from now on.
    public void queueReachable(boolean now) throws IOException {
        queue.stop(0);
        if (now) {
            queue = started(queuePort);
        }
    }

    /// Puts the committed bundle into production, under that version.
    public void promote(String version) {
        promote(manifest(version), BaselineBundle.model());
    }

    /// Puts a bundle into production, whether it can be used or not.
    public void promote(byte[] manifest, byte[] model) {
        var version = ManifestJson.read(manifest, FeatureSchema.CURRENT).version();
        var identity = new ModelIdentity(version, Sha256.of(manifest));
        put(BucketKeys.bundleFile(identity, ModelBundle.MANIFEST_FILE), manifest);
        put(BucketKeys.bundleFile(identity, ModelBundle.MODEL_FILE), model);
        var pointer = PointerJson.write(new ModelPointer(identity));
        put(BucketKeys.POINTER, pointer.getBytes(StandardCharsets.UTF_8));
    }

    private void put(String key, byte[] content) {
        objects.put("/" + BUCKET + "/" + key, content);
    }

    /// The committed bundle's manifest under another version.
    public static byte[] manifest(String version) {
        return new String(BaselineBundle.manifest(), StandardCharsets.UTF_8)
                .replace("\"baseline\"", '"' + version + '"')
                .getBytes(StandardCharsets.UTF_8);
    }

    /// An IP address instead of a host name, so that the SDK's client of S3 puts the bucket into the path.
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The URL of the queue, separate from the other services so that it can be out of reach alone.
    public String queueServiceUrl() {
        return "http://127.0.0.1:" + queuePort;
    }

    /// The messages that were sent to the queue, in order.
    public List<String> messages() {
        return messages;
    }

    /// The secrets that were read, in order.
    public List<String> secretsRead() {
        return secretsRead;
    }

    /// The number of S3 requests whose connection was to be kept.
    public int keptConnections() {
        return keptConnections.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            @Nullable String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            if (target == null) {
                answerS3(exchange);
            } else if (target.equals("AmazonSQS.SendMessage")) {
                var message = JsonDocument.parse(body).text("MessageBody");
                messages.add(message);
                send(exchange, 200, Map.of("MessageId", "0e1f2a3b-4c5d", "MD5OfMessageBody", md5(message)));
            } else if (target.equals("secretsmanager.GetSecretValue")) {
                secretsRead.add(JsonDocument.parse(body).text("SecretId"));
                send(exchange, 200, Map.of("SecretString", SECRET));
            } else {
                throw new IllegalStateException("nobody here does " + target);
            }
        }
    }

    private void answerS3(HttpExchange exchange) throws IOException {
        if (!"close".equals(exchange.getRequestHeaders().getFirst("Connection"))) {
            keptConnections.incrementAndGet();
        }
        byte @Nullable [] object = objects.get(exchange.getRequestURI().getPath());
        if (object == null) {
            send(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8));
            return;
        }
        var eTag = '"' + Sha256.of(object).hex() + '"';
        exchange.getResponseHeaders().set("ETag", eTag);
        if (eTag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            send(exchange, 200, object);
        }
    }

    /// The checksum by which the SDK verifies that the queue received the message.
    private static String md5(String message) {
        try {
            var digest = MessageDigest.getInstance("MD5").digest(message.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> fields) throws IOException {
        send(exchange, status, JsonObject.of(fields).utf8());
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        queue.stop(0);
        threads.close();
    }
}
