package vowcheck.launcher;

import static cloud.localstack.Constants.TEST_ACCESS_KEY;
import static cloud.localstack.Constants.TEST_SECRET_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.secrets.BasicCredentials;

/// A whole local system as its users see it, through `./vowcheck` and over HTTP. Tests also reach its database and
/// AWS's services directly, to inspect and to break them.
public final class LocalSystem implements AutoCloseable {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// How long a test waits for something that the system does by itself, on a busy machine.
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    public static final String DATABASE = "vowcheck";

    private final Launcher launcher;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile @Nullable JsonDocument status;

    /// @param folder the name of its folder in `.local`
    LocalSystem(String folder) {
        launcher = new Launcher(ROOT, ROOT.resolve(".local", folder));
    }

    /// Stops it and deletes its data.
    public void wipe() {
        status = null;
        launcher.run("down", "--wipe");
    }

    /// Starts the system unless it runs.
    void ensureUp(String... options) {
        if (status == null) {
            up(options);
        }
    }

    /// Runs `up`, and returns its output.
    public String up(String... options) {
        return up(Map.of(), options);
    }

    /// The same with more variables.
    String up(Map<String, String> environment, String... options) {
        var up = launcher.run(
                environment, Stream.concat(Stream.of("up"), Stream.of(options)).toArray(String[]::new));
        assertThat(up.exitCode()).as(up.output()).isZero();
        status = launcher.status();
        return up.output();
    }

    /// Runs `down`, which keeps the system's data. Returns its output.
    String down() {
        status = null;
        var down = launcher.run("down");
        assertThat(down.exitCode()).as(down.output()).isZero();
        return down.output();
    }

    /// Kills LocalStack, and with it every function, task and server, as a crash would.
    public void crash() {
        var localstack =
                ProcessHandle.of(new LocalFolder(folder()).localstackPid()).orElseThrow();
        localstack.destroyForcibly();
        assertThat(localstack.onExit()).succeedsWithin(PATIENCE);
    }

    @Override
    public void close() {
        wipe();
    }

    /// Runs any command of the launcher.
    public Launcher.Result run(String... arguments) {
        return launcher.run(arguments);
    }

    /// The same with more variables.
    Launcher.Result run(Map<String, String> environment, String... arguments) {
        return launcher.run(environment, arguments);
    }

    /// A program that calls `./vowcheck` for this system, not yet started; its error output goes to its output.
    ProcessBuilder command(String... command) {
        var builder = new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
        builder.environment().put("VOWCHECK_LOCAL", folder().toString());
        return builder;
    }

    /// Its folder.
    public Path folder() {
        return launcher.local();
    }

    /// The output of `status --json` when it was started.
    public JsonDocument status() {
        var current = status;
        if (current == null) {
            throw new IllegalStateException("the system is down, expected it to be up");
        }
        return current;
    }

    /// The outputs of its stacks.
    Deployment deployment() {
        return Deployment.read(new LocalFolder(folder()).outputs());
    }

    /// One output of its stacks.
    public String output(StackOutput output) {
        return deployment().output(output);
    }

    /// A client of one of AWS's services.
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C aws(B builder) {
        return builder.endpointOverride(URI.create(status().text("endpoint_url")))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(TEST_ACCESS_KEY, TEST_SECRET_KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /// A request to the API, without any key.
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(status().text("api_url") + path));
    }

    /// The same request, sent by the system's operator.
    public HttpRequest.Builder asOperator(HttpRequest.Builder request) {
        return request.setHeader(
                "Authorization", basic(status().text("operator_user"), status().text("operator_password")));
    }

    /// The same request, sent by the clerks' application.
    HttpRequest.Builder asClerk(HttpRequest.Builder request) {
        return request.setHeader("x-api-key", status().text("api_key"));
    }

    static String basic(String user, String password) {
        return new BasicCredentials(user, password).authorization();
    }

    /// Posts a request as the clerks' application does.
    public HttpResponse<String> post(String path, String json) {
        return send(asClerk(request(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// The body of `/model-info`.
    public String modelInfo() {
        return send(asClerk(request("/model-info"))).body();
    }

    /// A connection to one of the server's databases as the server's owner.
    public Connection database(String name) throws SQLException {
        var url = URI.create(status().text("database_url"));
        var login = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(url.getHost(), url.getPort(), name), login[0], login[1]);
    }

    /// The first value of a query's first row, of the service's own database.
    public String ask(String sql) throws SQLException {
        try (var connection = database(DATABASE);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).as(sql).isTrue();
            return rows.getString(1);
        }
    }

    /// Waits until a query's answer is the expected one.
    void awaitAnswer(String sql, String expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ask(sql)).isEqualTo(expected));
    }

    /// One of the committed requests and events.
    static String event(String file) throws IOException {
        return Files.readString(ROOT.resolve("events").resolve(file));
    }
}
