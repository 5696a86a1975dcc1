package vowcheck.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.clients.ClientName;
import vowcheck.launcher.TextTable.Cell;
import vowcheck.launcher.clients.ClientSecrets;
import vowcheck.launcher.setup.CommandFailed;

/// The state of a local system, and how to reach it. Each service is asked, whatever the deployment said.
public final class SystemStatus {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String HEALTHY = "healthy";
    private static final int READY = 200;
    private static final int NOT_READY = 503;
    private static final List<String> NEEDED_BY_PREDICTIONS = List.of("database", "model", "queue");
    private static final List<String> SERVICES = List.of("localstack", "database", "model", "queue", "api", "mlflow");

    private final RunState state;
    private final Map<String, String> services = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, String> access = new LinkedHashMap<>();
    private final Map<String, String> apiKeys = new LinkedHashMap<>();
    private final Map<String, String> unknown = Collections.synchronizedMap(new TreeMap<>());
    private Optional<RunningTraining> training = Optional.empty();
    private Optional<String> databaseUrl = Optional.empty();
    private ResidentMemory memory = new ResidentMemory(Map.of());

    /// Asks every service, unless the system does not run.
    ///
    /// @param withSecrets whether to look up the API keys and the database's URL, too, which takes longer
    public SystemStatus(LocalFolder folder, Path env, RunState state, boolean withSecrets) {
        this.state = state;
        SERVICES.forEach(service -> services.put(service, "down"));
        var endpoint = state.endpoint().orElse(null);
        if (endpoint != null && check("localstack", () -> ping(endpoint)) && Files.exists(folder.outputs())) {
            var stage = DeployedStage.local(folder, endpoint);
            var operator = OperatorLogin.find(env, folder.operator());
            // What one question waits for, another one does meanwhile.
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) { // whose end waits for all of them
                operator.ifPresent(login -> {
                    threads.execute(() -> askApi(stage, login));
                    threads.execute(() -> check("mlflow", () -> mlflow(stage, login)));
                });
                threads.execute(() -> find("training", () -> training = RunningTraining.of(stage)));
                threads.execute(() -> find("memory", () -> memory = ResidentMemory.ofSystem(folder.localstackPid())));
                if (withSecrets) {
                    threads.execute(() -> find("api_keys", this::findKeys));
                    threads.execute(() ->
                            find("database_url", () -> databaseUrl = Optional.of(new LocalDatabase(stage).url())));
                }
            }
            if (operator.isEmpty()) {
                find("api", () -> {
                    throw new CommandFailed(
                            "there is no operator's login, neither in %s nor in %s".formatted(env, folder.operator()));
                });
            }
            tellAccess(stage, operator.orElse(null));
        }
    }

    /// Whether every service is healthy and everything else could be found out.
    public boolean healthy() {
        return services.values().stream().allMatch(HEALTHY::equals) && unknown.isEmpty();
    }

    /// Prints it for people, without secrets.
    public void print(PrintStream out, Style style) {
        if (!state.runs() || state.beingSetUpSince().isPresent()) {
            out.println(state.sentence());
        }
        if (!state.runs()) {
            return;
        }
        var table = new TextTable();
        services.forEach((service, health) ->
                table.row(Cell.plain(service), new Cell(health, health.equals(HEALTHY) ? style::good : style::bad)));
        if (access.containsKey("api_url")) {
            table.row("")
                    .row("API", access.getOrDefault("api_url", ""))
                    .row("docs", access.getOrDefault("docs_url", ""))
                    .row("MLflow", access.getOrDefault("mlflow_url", ""));
            row(table, "memory", memory.toString());
            row(table, "training", training.map(RunningTraining::sentence).orElse("none is running"));
            table.row("passwords", "./vowcheck status --json");
        }
        unknown.forEach((what, why) -> table.row(Cell.plain(what), new Cell("unknown: " + why, style::bad)));
        table.print(out);
    }

    /// Prints it for programs, with the API key and the passwords.
    public void printJson(PrintStream out) {
        out.println(JsonObject.of(access)
                .with("api_keys", apiKeys)
                .with("services", services)
                .with("resident_mb", memory.megabytesByPart())
                .withPresent("training", training.map(RunningTraining::json))
                .withPresent("unknown", Optional.of(unknown).filter(parts -> !parts.isEmpty()))
                .with("healthy", healthy())
                .json());
    }

    private void tellAccess(DeployedStage stage, @Nullable OperatorLogin operator) {
        state.endpoint().ifPresent(endpoint -> access.put("endpoint_url", endpoint.toString()));
        access.put("api_url", stage.apiUrl());
        access.put("docs_url", stage.docsUrl());
        Optional.ofNullable(apiKeys.get(ClientName.CLERKS.value())).ifPresent(key -> access.put("api_key", key));
        access.put("mlflow_url", stage.address().mlflowPages());
        access.put("mlflow_tracking_uri", stage.address().mlflowTrackingUri());
        access.put("state_machine_arn", stage.deployment().output(StackOutput.TRAINING_STATE_MACHINE_ARN));
        if (operator != null) {
            access.put("operator_user", operator.user());
            access.put("operator_password", operator.password());
        }
        databaseUrl.ifPresent(url -> access.put("database_url", url));
        access.put("bucket", stage.bucket());
    }

    private void row(TextTable table, String what, String found) {
        if (!unknown.containsKey(what)) {
            table.row(what, found);
        }
    }

    /// The newest API key of each client; none before the first `up` has made them.
    private void findKeys() {
        try (var secrets = AwsClients.secretsManager()) {
            new ClientSecrets(secrets, StageName.LOCAL)
                    .newestAt(InstantSource.system().instant())
                    .forEach((client, key) -> apiKeys.put(client.value(), key.value()));
        }
    }

    private static Object ping(URI endpoint) throws IOException {
        return expect(READY, HttpRequests.send(endpoint.resolve("/_localstack/health"), Map.of(), null, LIMIT));
    }

    /// What predictions need is what the scoring function finds when it looks, with its own rights. The answer shows
    /// that the API works, too.
    private void askApi(DeployedStage stage, OperatorLogin operator) {
        var failed = "not asked, since the API does not answer";
        NEEDED_BY_PREDICTIONS.forEach(part -> services.put(part, failed));
        check("api", () -> {
            var answer = stage.api().get("/operations/readiness", operator);
            if (answer.status() != READY && answer.status() != NOT_READY) {
                return expect(READY, answer);
            }
            var parts = JsonDocument.parse(answer.body()).document("checks");
            NEEDED_BY_PREDICTIONS.forEach(part -> services.put(part, health(parts.document(part))));
            return answer;
        });
    }

    private static String health(JsonDocument part) {
        return part.text("status").equals("ok") ? HEALTHY : "down: " + part.text("reason");
    }

    private static Object mlflow(DeployedStage stage, OperatorLogin operator) {
        return expect(READY, stage.api().getMlflow("/health", operator));
    }

    private static Object expect(int status, HttpAnswer answer) {
        if (answer.status() != status) {
            throw new CommandFailed("status %d: %s".formatted(answer.status(), answer.body()));
        }
        return answer;
    }

    /// Whatever the failure is, it becomes the service's state.
    private boolean check(String service, Check check) {
        try {
            check.run();
            services.put(service, HEALTHY);
            return true;
        } catch (Exception e) {
            services.put(service, e.getMessage() == null ? "down" : "down: " + e.getMessage());
            return false;
        }
    }

    /// What cannot be found out does not hide the rest.
    private void find(String what, Runnable finding) {
        try {
            finding.run();
        } catch (RuntimeException e) {
            unknown.put(what, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private interface Check {
        Object run() throws Exception;
    }
}
