package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.mlflow.MlflowLogin;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.operators.OperatorsJson;
import vowcheck.adapters.secrets.BasicCredentials;

/// The ways to MLflow: its static files, which need no login, and everything else, which does. Requests are sent to the
/// API, and also straight to the server as API Gateway sends them, since nobody knows which spellings of a path another
/// gateway would resolve.
@ExtendWith(RunningSystem.class)
@Order(2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrackingPathsIT {

    private static final String FILES = "/mlflow/static-files/";
    private static final String SEARCH = "/mlflow/ajax-api/2.0/mlflow/experiments/search?max_results=1";
    private static final String USER = "/mlflow/ajax-api/2.0/mlflow/users/current";
    private static final String ACCESS = "X-Vowcheck-Access";
    private static final Set<String> MEDIA = Set.of(
            "cjs", "css", "eot", "html", "ico", "js", "json", "mjs", "png", "svg", "ttf", "txt", "woff", "woff2");

    private final LocalSystem system;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path packages;
    private final Path folder;

    TrackingPathsIT(LocalSystem system) throws IOException {
        this.system = system;
        try (var libraries = Files.list(LocalSystem.ROOT.resolve(".local/tools/mlflow/lib"))) {
            packages = libraries.findFirst().orElseThrow().resolve("site-packages");
        }
        folder = packages.resolve("mlflow/server/js/build");
    }

    /// The folder is read by everyone, so nothing may be in it but what MLflow's package brought: the package lists its
    /// files with their hashes.
    @Test
    void theFolderThatIsOpenHoldsNothingButMlflowsOwnFiles() throws Exception {
        var brought = new TreeMap<String, String>();
        for (var line : Files.readAllLines(contents())) {
            var entry = line.split(",", -1);
            brought.put(entry[0], entry[1]);
        }

        for (var file : files()) {
            assertThat(MEDIA).as(file).contains(file.substring(file.lastIndexOf('.') + 1));
            assertThat(brought).containsEntry("mlflow/server/js/build/" + file, "sha256=" + hash(folder.resolve(file)));
        }
        assertThat(files()).hasSizeGreaterThan(100);
    }

    /// Without a login there is no page to open, only what a page loads.
    @Test
    void everyFileButPagesIsServedAsItIs() throws Exception {
        for (var file : files()) {
            var answer = bytes(straight(FILES + file).header(ACCESS, "static-files"));

            if (file.endsWith(".html")) {
                assertThat(answer.statusCode()).as(file).isEqualTo(404);
            } else {
                assertThat(answer.statusCode()).as(file).isEqualTo(200);
                assertThat(answer.body()).as(file).isEqualTo(Files.readAllBytes(folder.resolve(file)));
                assertThat(answer.headers().firstValue("Cache-Control"))
                        .as(file)
                        .contains(
                                file.matches(".*\\.[0-9a-f]{8,32}\\..*")
                                        ? "public, max-age=31536000, immutable"
                                        : "no-cache");
            }
        }
    }

    @Test
    void aFileNeedsNoLoginAndIsKeptByBrowsers() throws Exception {
        var file = FILES + scripts().getFirst();

        var get = system.send(system.request(file));
        var head = system.send(system.request(file).HEAD());
        var kept = system.send(system.request(file)
                .header("If-None-Match", get.headers().firstValue("ETag").orElseThrow()));

        assertThat(get.statusCode()).isEqualTo(200);
        assertThat(get.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(get.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(get.headers().map()).doesNotContainKey("set-cookie");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(kept.statusCode()).isEqualTo(304);
        assertThat(system.send(system.request(file + "?path=../../../auth.ini")).body())
                .isEqualTo(get.body());
        assertThat(system.send(system.request(FILES + "manifest.json"))
                        .headers()
                        .firstValue("Cache-Control"))
                .contains("no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mlflow",
                "/mlflow/",
                "/mlflow/graphql",
                "/mlflow/version",
                "/mlflow/static-files",
                "/mlflow/static-file/x.js",
                "/mlflow/api/2.0/mlflow/experiments/search?max_results=1",
                "/mlflow/ajax-api/2.0/mlflow/experiments/search?max_results=1",
                "/mlflow/ajax-api/3.0/mlflow/server-info",
                "/mlflow/get-artifact?path=x&run_uuid=y",
                "/mlflow/signup",
                "/mlflow//static-files/../api/2.0/mlflow/experiments/search",
                "/mlflow/x/../static-files/manifest.json",
            })
    void everythingElseNeedsALogin(String path) {
        assertThat(system.send(system.request(path)).statusCode()).isEqualTo(401);
        assertThat(system.send(system.request(path).header(ACCESS, "static-files"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(system.send(system.request(path)
                                .header("x-api-key", system.status().text("api_key")))
                        .statusCode())
                .isEqualTo(401);
    }

    /// Not even with an operator's password: the way for files passes none on.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../api/2.0/mlflow/experiments/search?max_results=1",
                "..%2fapi/2.0/mlflow/experiments/search?max_results=1",
                "%2e%2e/api/2.0/mlflow/experiments/search?max_results=1",
                "%2e%2e%2fapi%2f2.0%2fmlflow%2fexperiments%2fsearch?max_results=1",
                "%252e%252e/api/2.0/mlflow/experiments/search?max_results=1",
                "..%5capi/2.0/mlflow/experiments/search",
                "..;/api/2.0/mlflow/experiments/search",
                "../",
                "../health",
                "../graphql",
                "../../mlflow/",
                "static//js",
                "static/js/",
                "manifest.json%00.js",
                "../../../../../../etc/passwd",
                "%2fetc%2fpasswd",
                "index.html",
                "lib/notebook-trace-renderer/index.html",
            })
    void noSpellingOfAPathLeadsOutOfTheFiles(String spelling) throws Exception {
        var path = FILES + spelling;
        var throughTheApi = system.send(system.asOperator(system.request(path)));
        var straight = bytes(straight(path).header(ACCESS, "static-files").header("Authorization", admin()));

        assertThat(throughTheApi.statusCode()).as(throughTheApi.body()).isIn(404, 400);
        assertThat(straight.statusCode()).isIn(404, 400);
    }

    /// A gateway that resolves them asks for the file by its name.
    @ParameterizedTest
    @ValueSource(strings = {"./manifest.json", "static/../manifest.json", "manifest%2ejson", "manifest.json/"})
    void aFileHasOneSpelling(String spelling) throws Exception {
        assertThat(bytes(straight(FILES + spelling).header(ACCESS, "static-files"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(bytes(straight(FILES + "manifest.json").header(ACCESS, "static-files"))
                        .statusCode())
                .isEqualTo(200);
    }

    /// A gateway may have resolved the dots: the header still says which way the request came.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mlflow/",
                "/mlflow/health",
                "/mlflow/graphql",
                "/mlflow/api/2.0/mlflow/experiments/search?max_results=1",
                "/mlflow/ajax-api/2.0/mlflow/experiments/search?max_results=1",
            })
    void aRequestForFilesGetsNothingElseEvenWithMlflowsPassword(String path) throws Exception {
        assertThat(bytes(straight(path).header("Authorization", admin())).statusCode())
                .as("without the header")
                .isNotEqualTo(404);
        assertThat(bytes(straight(path).header("Authorization", admin()).header(ACCESS, "static-files"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(bytes(straight(path)
                                .header("Authorization", admin())
                                .header(ACCESS, "operators")
                                .header(ACCESS, "static-files"))
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void filesAreOnlyRead(String method) throws Exception {
        var file = FILES + "manifest.json";

        assertThat(system.send(system.request(file).method(method, BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(system.send(system.asOperator(system.request(file)).method(method, BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
        assertThat(bytes(straight(file).header(ACCESS, "static-files").method(method, BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void aVeryLongPathIsNoFile() {
        assertThat(system.send(system.request(FILES + "a".repeat(8_000))).statusCode())
                .isIn(404, 414);
    }

    /// A browser would ask the operator again, whose password is right; a program in the network must learn of it.
    @Test
    void mlflowsRefusalOfItsOwnLoginIsNoQuestionToTheOperator() throws Exception {
        var former = new BasicCredentials("admin", "a former password").authorization();
        for (var path : List.of("/mlflow/", SEARCH)) {
            var operators = bytes(straight(path).header("Authorization", former).header(ACCESS, "operators"));

            assertThat(operators.statusCode()).isEqualTo(503);
            assertThat(operators.headers().firstValue("Retry-After")).contains("60");
            assertThat(operators.headers().map()).doesNotContainKey("www-authenticate");
            assertThat(bytes(straight(path).header("Authorization", former)).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void eightConnectionsAtOnceAfterIdlingGetNoError() {
        var authorizer = new IdleAuthorizer(system);
        authorizer.end();
        var paths = Stream.concat(
                Stream.of("/mlflow/", SEARCH), scripts().stream().limit(6).map(file -> FILES + file));

        var answers = paths.flatMap(path -> IntStream.range(0, 2).mapToObj(_ -> path))
                .map(path -> system.asOperator(system.request(path)).build())
                .map(request -> http.sendAsync(request, BodyHandlers.discarding()))
                .toList();

        assertThat(answers.stream().map(CompletableFuture::join).map(HttpResponse::statusCode))
                .hasSize(16)
                .containsOnly(200);
        assertThat(authorizer.environments())
                .isBetween(1, Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    @Test
    void anOperatorsCallsAreDecidedOnceForAllPaths() {
        var authorizer = new IdleAuthorizer(system);
        authorizer.end();
        assertThat(system.send(system.asOperator(system.request(SEARCH))).statusCode())
                .isEqualTo(200);
        authorizer.endEnvironments();

        for (var path : List.of(SEARCH, "/mlflow/", "/mlflow/version")) {
            assertThat(system.send(system.asOperator(system.request(path))).statusCode())
                    .isEqualTo(200);
        }

        assertThat(authorizer.environments()).as("none was asked again").isZero();
        assertThat(system.send(system.request(SEARCH)).statusCode()).isEqualTo(401);
    }

    /// MLflow's records name the person, whatever a client says of itself.
    @Test
    void eachOperatorIsAUserOfMlflow() {
        var secret = system.output(StackOutput.OPERATORS_SECRET_NAME);
        try (var secrets = system.aws(SecretsManagerClient.builder())) {
            var former = secrets.getSecretValue(get -> get.secretId(secret)).secretString();
            var second = Operator.of("jürgen", OperatorRole.OPERATOR, "a long password", new SecureRandom());
            var both = Stream.concat(OperatorsJson.read(former).operators().stream(), Stream.of(second));
            try {
                secrets.putSecretValue(put -> put.secretId(secret).secretString(OperatorsJson.write(both.toList())));
                await().atMost(LocalSystem.PATIENCE).untilAsserted(() -> {
                    new IdleAuthorizer(system).forgetAnswers();
                    assertThat(userOf(system.request(USER)
                                    .header(
                                            "Authorization",
                                            new BasicCredentials("jürgen", "a long password").authorization())
                                    .header("X-Vowcheck-Operator", "admin")))
                            .isEqualTo("jürgen");
                });
            } finally {
                secrets.putSecretValue(put -> put.secretId(secret).secretString(former));
            }
        }
        assertThat(userOf(system.asOperator(system.request(USER))))
                .isEqualTo(system.status().text("operator_user"));
    }

    private String userOf(HttpRequest.Builder request) {
        var answer = system.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var user = JsonDocument.parse(answer.body()).document("user");
        assertThat(user.flag("is_admin")).isTrue();
        return user.text("username");
    }

    /// API Gateway forgets what the authorizer has answered after 55 seconds by itself; the authorizer reads the secret
    /// again when its copy is five seconds old.
    @Test
    void anOperatorWhoWasRemovedIsRefusedOnceApiGatewayHasForgottenThem() {
        var secret = system.output(StackOutput.OPERATORS_SECRET_NAME);
        awaitStatusOfOperators(200);
        try (var secrets = system.aws(SecretsManagerClient.builder())) {
            var former = secrets.getSecretValue(get -> get.secretId(secret)).secretString();
            try {
                secrets.putSecretValue(put -> put.secretId(secret).secretString(OperatorsJson.write(List.of())));

                awaitStatusOfOperators(401);
            } finally {
                secrets.putSecretValue(put -> put.secretId(secret).secretString(former));
            }
        }
        awaitStatusOfOperators(200);
    }

    private void awaitStatusOfOperators(int status) {
        await().atMost(LocalSystem.PATIENCE).untilAsserted(() -> {
            new IdleAuthorizer(system).forgetAnswers();
            assertThat(system.send(system.asOperator(system.request(SEARCH))).statusCode())
                    .isEqualTo(status);
        });
    }

    @Test
    void mlflowsPythonClientWorksWithTheTrackingUri() throws Exception {
        var python = LocalSystem.ROOT.resolve(".local/tools/mlflow/bin/python");
        var program = new ProcessBuilder(python.toString(), "-c", """
                import mlflow
                print(mlflow.search_runs(experiment_names=["divorce"], output_format="list"))
                print(mlflow.MlflowClient().get_model_version_by_alias("divorce-model", "production").version)
                """);
        program.environment().put("MLFLOW_TRACKING_URI", system.status().text("mlflow_tracking_uri"));
        program.environment().put("MLFLOW_TRACKING_USERNAME", system.status().text("operator_user"));
        program.environment().put("MLFLOW_TRACKING_PASSWORD", system.status().text("operator_password"));
        program.environment().put("NO_PROXY", "127.0.0.1");
        var process = program.redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("<Run: ")
                .endsWith(JsonDocument.parse(system.modelInfo()).text("model_version") + "\n");
    }

    private Path contents() throws IOException {
        try (var found = Files.newDirectoryStream(packages, "mlflow-[0-9]*.dist-info")) {
            return found.iterator().next().resolve("RECORD");
        }
    }

    private List<String> files() throws IOException {
        try (var found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private List<String> scripts() {
        try {
            return files().stream()
                    .filter(file -> file.startsWith("static/js/") && file.endsWith(".js"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String hash(Path file) throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private String admin() {
        try (var secrets = system.aws(SecretsManagerClient.builder())) {
            var secret = ResourceNames.secret(LocalStage.NAME, "mlflow/admin");
            return MlflowLogin.fromSecret(secrets.getSecretValue(request -> request.secretId(secret))
                            .secretString())
                    .authorization();
        }
    }

    /// A request to MLflow itself, with the path as API Gateway passes it on.
    private HttpRequest.Builder straight(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/%s%s"
                .formatted(
                        new LocalFolder(system.folder()).mlflowPort(),
                        system.output(StackOutput.API_STAGE_NAME),
                        path)));
    }

    private HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(LocalSystem.PATIENCE).build(), BodyHandlers.ofByteArray());
    }
}
