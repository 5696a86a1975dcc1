package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;

/// Deployments that fail once at each type of resource, although the resource was made or changed, and are repeated.
/// Each names the resource, the next one gets past it, and in the end everything from before is there. A long test,
/// run only by `./vowcheck test --all`.
///
/// The file that LocalStack reads names all types that have not failed yet. A deployment fails at the first of them
/// that it comes to, and LocalStack takes that type off the list.
@Tag("long")
@SecondSystem
@Order(Integer.MAX_VALUE - 1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeploymentFaultsIT {

    /// LocalStack does not run custom resources: one can be refused only.
    private static final String CUSTOM = "Custom::";

    private static final String COMPLETED = " completed";

    private static final Path TOOLS = LocalSystem.ROOT.resolve(".local/tools");
    private static final String PYTHON = TOOLS.resolve("venv/bin/python").toString();

    private static final Pattern FAILURE = Pattern.compile(
            "localaws: the deployment failed: the stack vowcheck-local-\\w+ (?<what>could not be [^:]+): \\w+"
                    + " \\((?<type>[\\w:]+)\\): (?:does not become stable|refused), as LOCALAWS_FAILURES says");

    private final LocalSystem system;
    private final Path failing;
    private Map<String, String> secrets = Map.of();
    private String request = "";

    @TempDir
    private Path folder;

    DeploymentFaultsIT(LocalSystem system) {
        this.system = system;
        this.failing = system.folder().resolve("failing-types");
    }

    /// A system with data, whose LocalStack is then another one that has nothing deployed.
    @BeforeAll
    void aSystemWithData() throws IOException {
        system.wipe();
        system.up("--quick");
        secrets = secrets();
        request = predict().headers().firstValue("X-Request-Id").orElseThrow();
        system.down();
        Files.writeString(failing, "");
        var start = system.command(
                PYTHON, "-m", "localaws", "start", system.folder().toString());
        start.command().addAll(List.of("--service", "MLflow=5000"));
        start.environment()
                .putAll(Map.of(
                        "LOCALAWS_FAILURES",
                        failing.toString(),
                        "LOCALAWS_IMAGES",
                        new LocalFolder(system.folder()).images().toString(),
                        // A changed template has a permission that no call needs.
                        RecordedDecisions.VARIABLE,
                        "",
                        "LOCALAWS_JAVA_HOME",
                        System.getProperty("java.home"),
                        "LOCALAWS_POSTGRES_HOME",
                        TOOLS.resolve("postgresql").toString(),
                        "LOCALAWS_PRETENDED_TYPES",
                        "Custom::Trigger",
                        "LOCALAWS_RIC_JARS",
                        LocalSystem.ROOT
                                .resolve("launcher/target/runtime-interface-client")
                                .toString()));
        var started = Launcher.result(start);
        assertThat(started.exitCode()).as(started.output()).isZero();
    }

    @AfterAll
    void end() {
        system.wipe();
    }

    @Test
    @Order(1)
    void aCreationThatFailsAtAnyTypeIsRepeatedAndLosesNothing() throws Exception {
        for (var stack : List.of("Data", "Service")) {
            var types = new TreeSet<String>();
            var resources = JsonDocument.parse(Files.readString(assembly().resolve(stack + ".template.json")))
                    .document("Resources");
            resources.names().forEach(name -> types.add(resources.document(name).text("Type")));
            failAtEach(types, assembly(), "could not be created", () -> {});
        }

        var up = system.up("--quick");

        assertThat(up).contains("the labelled rows exist already", "model version baseline is in production");
        assertThat(secrets()).isEqualTo(secrets);
        assertThat(stored()).isEqualTo("1");
        assertThat(system.run("status").exitCode()).isZero();
    }

    @Test
    @Order(2)
    void whileAnUpdateFailsAtAnyTypeTheFormerVersionServes() throws Exception {
        var changed = folder.resolve("changed");
        var script = Path.of("src/test/python/changed_assembly.py").toAbsolutePath();
        var types = Launcher.result(
                new ProcessBuilder(PYTHON, script.toString(), assembly().toString(), changed.toString()));
        assertThat(types.exitCode()).as(types.output()).isZero();
        var version = answeringVersion();

        failAtEach(
                new TreeSet<>(types.output().lines().toList()),
                changed,
                "could not be updated and is as it was",
                () -> {
                    assertThat(answeringVersion()).isEqualTo(version);
                });
        var repeated = deploy(changed);

        assertThat(repeated.exitCode()).as(repeated.output()).isZero();
        assertThat(answeringVersion()).isNotEqualTo(version);
        assertThat(secrets()).isEqualTo(secrets);
        assertThat(stored()).isEqualTo("1");
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(system.run("status").exitCode()).isZero());
    }

    private void failAtEach(Set<String> types, Path assembly, String what, Check afterwards) throws Exception {
        Files.write(
                failing,
                types.stream()
                        .map(type -> type.startsWith(CUSTOM) ? type : type + COMPLETED)
                        .toList());
        while (!types.isEmpty()) {
            var result = deploy(assembly);
            assertThat(result.exitCode())
                    .as("%s left: %s", types, result.output())
                    .isEqualTo(1);
            var failure = FAILURE.matcher(result.output());
            assertThat(failure.find()).as(result.output()).isTrue();
            assertThat(failure.group("what")).as(result.output()).startsWith(what);
            assertThat(types.remove(failure.group("type"))).as(result.output()).isTrue();
            System.out.printf("%-45s %s%n", failure.group("type"), failure.group("what"));
            afterwards.run();
        }
        assertThat(failing).isEmptyFile();
    }

    private Launcher.Result deploy(Path assembly) {
        var folder = new LocalFolder(system.folder());
        var deploy = system.command(
                PYTHON,
                "-m",
                "localaws.deploy",
                assembly.toString(),
                folder.outputs().toString());
        deploy.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", folder.endpoint().orElseThrow().toString(),
                        "AWS_REGION", "eu-central-1",
                        "LOCALAWS_PRETENDED_TYPES", "Custom::Trigger"));
        return Launcher.result(deploy);
    }

    private Path assembly() {
        return TOOLS.resolve("cdk.out-" + new LocalFolder(system.folder()).mlflowPort());
    }

    private HttpResponse<String> predict() throws IOException {
        var answer = system.post("/predict", LocalSystem.event("request_1.json"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /// The version of the scoring function that answers a prediction.
    private String answeringVersion() throws IOException {
        predict();
        try (var lambda = system.aws(LambdaClient.builder())) {
            var function = system.output(StackOutput.SCORING_FUNCTION_NAME);
            return lambda.getAlias(alias -> alias.functionName(function).name("live"))
                    .functionVersion();
        }
    }

    private String stored() throws SQLException {
        return system.ask("SELECT count(*) FROM prediction_logs WHERE request_id = '%s'".formatted(request));
    }

    private Map<String, String> secrets() {
        var values = new TreeMap<String, String>();
        try (var client = system.aws(SecretsManagerClient.builder())) {
            client.listSecretsPaginator().stream()
                    .flatMap(page -> page.secretList().stream())
                    .forEach(secret -> values.put(
                            secret.name(),
                            client.getSecretValue(get -> get.secretId(secret.arn()))
                                    .secretString()));
        }
        assertThat(values).isNotEmpty();
        return values;
    }

    private interface Check {
        void run() throws Exception;
    }
}
