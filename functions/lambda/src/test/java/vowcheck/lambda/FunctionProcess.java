package vowcheck.lambda;

import static cloud.localstack.Constants.DEFAULT_AWS_ACCOUNT_ID;
import static vowcheck.adapters.postgres.DatabaseAuthentication.SECRET;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import vowcheck.adapters.aws.AwsOnLoopback;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.settings.ScoringEnvironment;

/// One environment of a function in its own JVM, as Lambda runs it: AWS's runtime interface client over
/// Lambda's Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). With SnapStart it waits
/// between snapshot and restore. One invocation at a time.
final class FunctionProcess implements AutoCloseable {

    /// API Gateway waits as long for an answer.
    private static final long LIMIT_SECONDS = 29;

    private static final String RUNTIME = "/2018-06-01/runtime/";
    private static final String CLIENT_LIBRARY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> initialized = new CompletableFuture<>();
    private final CompletableFuture<Void> snapshotTaken = new CompletableFuture<>();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private final HttpServer api;
    private final Process process;
    private final Path loadedClasses;
    private final Path output;
    private volatile boolean killedBeforeItsAnswer;

    private FunctionProcess(Path folder, Class<? extends RequestStreamHandler> handler, Map<String, String> environment)
            throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.setExecutor(threads);
        api.createContext(RUNTIME, this::answer);
        api.start();
        loadedClasses = folder.resolve("classes.log");
        output = folder.resolve("output.log");
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:ErrorFile=" + folder.resolve("jvm.log"),
                        "-D" + CLIENT_LIBRARY + "=" + clientLibrary(folder),
                        // As AWS's runtime sets it: the context whose hooks its client calls.
                        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                        "-Xlog:class+load:file=" + loadedClasses,
                        "-cp",
                        System.getProperty("java.class.path"),
                        AWSLambda.class.getName(),
                        handler.getName()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment()
                .put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.getAddress().getPort());
        process = builder.start();
        var _ = process.onExit().thenAccept(ended -> {
            var end = "it ended with exit code " + ended.exitValue();
            initialized.completeExceptionally(new IllegalStateException(end));
            snapshotTaken.completeExceptionally(new IllegalStateException(end));
            answers.add(end);
        });
    }

    /// Starts an environment of a function and waits until SnapStart's snapshot would be taken.
    static FunctionProcess snapshot(
            Path folder, Class<? extends RequestStreamHandler> handler, Map<String, String> environment)
            throws Exception {
        var function = new FunctionProcess(folder, handler, initialized(environment, "snap-start"));
        function.snapshotTaken.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return function;
    }

    /// Starts the scoring function without SnapStart and waits until it asks for its first event.
    static FunctionProcess started(Path folder, AwsOnLoopback aws, DatabaseAddress database) throws Exception {
        var environment = initialized(ScoringEnvironment.of(aws, database, SECRET), "on-demand");
        var function = new FunctionProcess(folder, ScoringHandler.class, environment);
        function.initialized.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return function;
    }

    /// Starts the scoring function with SnapStart and waits until the snapshot would be taken.
    static FunctionProcess snapshot(
            Path folder, AwsOnLoopback aws, DatabaseAddress database, DatabaseAuthentication authentication)
            throws Exception {
        return snapshot(folder, ScoringHandler.class, ScoringEnvironment.of(aws, database, authentication));
    }

    /// Lets an environment continue that waits at its snapshot.
    void restore() {
        restored.complete(null);
    }

    /// Sends an event and returns the answer.
    String answer(String event) throws InterruptedException {
        events.add(event.getBytes(StandardCharsets.UTF_8));
        var answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (answer == null || !answer.startsWith("{")) {
            throw new AssertionError("%s; it said: %s".formatted(answer, said()));
        }
        return answer;
    }

    /// Sends an event and kills the process by SIGKILL when it sends its answer, which is lost.
    void killBeforeAnswering(String event) throws InterruptedException {
        killedBeforeItsAnswer = true;
        events.add(event.getBytes(StandardCharsets.UTF_8));
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not come with its answer: " + said());
        }
    }

    /// The output of the process so far.
    String said() {
        return read(output);
    }

    /// The JVM's lines about the classes that it has loaded so far, in order.
    List<String> loadedClasses() {
        return read(loadedClasses).lines().toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var call = exchange.getRequestURI().getPath().substring(RUNTIME.length());
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (call.equals("invocation/next")) {
                next(exchange);
            } else if (call.equals("restore/next")) {
                snapshotTaken.complete(null);
                restored.join();
                exchange.sendResponseHeaders(200, -1);
            } else if (call.endsWith("/response") && killedBeforeItsAnswer) {
                process.destroyForcibly();
            } else {
                answers.add(call.endsWith("/response") ? body : "it called " + call + ": " + body);
                exchange.sendResponseHeaders(202, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        initialized.complete(null);
        var event = events.take();
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json"); // without it the client's native library crashes
        headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
        headers.set("Lambda-Runtime-Deadline-Ms", "4102444800000"); // in 2100: the handlers do not read it
        headers.set("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
        headers.set(
                "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:eu-central-1:%s:function:scoring".formatted(DEFAULT_AWS_ACCOUNT_ID));
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
    }

    private static Map<String, String> initialized(Map<String, String> environment, String initialization) {
        var all = new HashMap<>(environment);
        all.put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization);
        return all;
    }

    /// Without this, all processes of the machine would unpack the client's library to the same path.
    private static Path clientLibrary(Path folder) throws IOException {
        var machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch_64";
        var library = folder.resolve("client.so");
        try (var content = Objects.requireNonNull(
                AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + machine + ".so"))) {
            Files.copy(content, library, StandardCopyOption.REPLACE_EXISTING);
        }
        return library;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        api.stop(0);
        threads.shutdownNow();
    }
}
