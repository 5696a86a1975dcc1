package vowcheck.adapters.mlflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A real MLflow server with its basic-auth app and a static prefix, started by the executable that the
/// environment variable VOWCHECK_MLFLOW names.
public final class MlflowServer implements AutoCloseable {

    private static final String PASSWORD = "an example password";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final URI url;

    private MlflowServer(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /// Starts a server whose store is in `directory`, and waits until it answers.
    public static MlflowServer start(Path directory) throws IOException, InterruptedException {
        @Nullable String executable = System.getenv("VOWCHECK_MLFLOW");
        if (executable == null) {
            throw new IllegalStateException(
                    "the environment variable VOWCHECK_MLFLOW is not set, expected the path of MLflow's executable");
        }
        int port = freePort();
        var builder = new ProcessBuilder(List.of(
                executable,
                "server",
                "--app-name",
                "basic-auth",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--workers",
                "1",
                "--static-prefix",
                "/mlflow",
                "--backend-store-uri",
                "sqlite:///mlflow.db",
                "--artifacts-destination",
                "artifacts"));
        builder.directory(directory.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(directory.resolve("server.log").toFile());
        builder.environment().put("MLFLOW_FLASK_SERVER_SECRET_KEY", "an example key");
        builder.environment().put("MLFLOW_AUTH_ADMIN_PASSWORD", PASSWORD);
        builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
        var server = new MlflowServer(builder.start(), URI.create("http://127.0.0.1:%d/mlflow".formatted(port)));
        server.await(directory.resolve("server.log"));
        return server;
    }

    private void await(Path log) throws IOException, InterruptedException {
        var until = Instant.now().plus(START_LIMIT);
        try (var client = HttpClient.newHttpClient()) {
            var health = HttpRequest.newBuilder(URI.create(url + "/health")).build();
            while (process.isAlive() && Instant.now().isBefore(until)) {
                try {
                    if (client.send(health, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // it does not listen yet
                }
                Thread.sleep(200);
            }
        }
        close();
        throw new IllegalStateException("MLflow did not start:\n" + Files.readString(log));
    }

    /// Base URL, static prefix included.
    public URI url() {
        return url;
    }

    /// The administrator's login.
    public MlflowLogin login() {
        return new MlflowLogin("admin", PASSWORD);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
