package vowcheck.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.clients.ClientName;
import vowcheck.launcher.clients.ClientSecrets;
import vowcheck.launcher.setup.CommandFailed;

/// The state of a local system, and how to reach it. Each service is asked, whatever the deployment said.
public final class SystemStatus {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final List<String> SERVICES = Stream.of(
                    List.of("localstack"), ServiceChecks.NEEDED_BY_PREDICTIONS, List.of("secrets", "api", "mlflow"))
            .flatMap(List::stream)
            .toList();

    private final RunState state;
    private final ServiceChecks checks = new ServiceChecks(SERVICES);
    private final Map<String, String> access = new LinkedHashMap<>();
    private final Map<String, String> apiKeys = new LinkedHashMap<>();
    private Optional<RunningTraining> training = Optional.empty();
    private List<WaitingTraining> waiting = List.of();
    private Optional<String> databaseUrl = Optional.empty();
    private ResidentMemory memory = new ResidentMemory(Map.of());

    /// Asks every service, unless the system does not run.
    ///
    /// @param withSecrets whether to look up the API keys and the database's URL, too, which takes longer
    public SystemStatus(LocalFolder folder, Path env, RunState state, boolean withSecrets) {
        this.state = state;
        var endpoint = state.endpoint().orElse(null);
        if (endpoint != null && checks.check("localstack", () -> ping(endpoint)) && Files.exists(folder.outputs())) {
            var stage = DeployedStage.local(folder, endpoint);
            var operator = OperatorLogin.find(env, folder.operator());
            // What one question waits for, another one does meanwhile.
            try (var threads = ServiceChecks.threads()) { // whose end waits for all of them
                operator.ifPresent(login -> {
                    threads.execute(() -> checks.askReadiness(stage, login));
                    threads.execute(() -> checks.askMlflow(stage, login));
                });
                threads.execute(() -> checks.check("secrets", SystemStatus::requireSecrets));
                threads.execute(() -> checks.find("training", () -> training = RunningTraining.of(stage)));
                threads.execute(() -> checks.find("approval", () -> waiting = RunningTraining.waiting(stage)));
                threads.execute(
                        () -> checks.find("memory", () -> memory = ResidentMemory.ofSystem(folder.localstackPid())));
                if (withSecrets) {
                    threads.execute(() -> checks.find("api_keys", this::findKeys));
                    threads.execute(() -> checks.find(
                            "database_url", () -> databaseUrl = Optional.of(new LocalDatabase(stage).url())));
                }
            }
            if (operator.isEmpty()) {
                checks.find("api", () -> {
                    throw new CommandFailed(
                            "there is no operator's login, neither in %s nor in %s".formatted(env, folder.operator()));
                });
            }
            tellAccess(stage, endpoint, operator.orElse(null));
        }
    }

    /// Whether every service is healthy and everything else could be found out.
    public boolean healthy() {
        return checks.healthy();
    }

    /// Prints it for people, without secrets, where the system runs.
    public void print(PrintStream out, Style style) {
        if (state.beingSetUpSince().isPresent()) {
            out.println(state.sentence());
        }
        var table = new TextTable();
        checks.addServices(table, style);
        if (access.containsKey("api_url")) {
            table.row("")
                    .row("API", access.getOrDefault("api_url", ""))
                    .row("docs", access.getOrDefault("docs_url", ""))
                    .row("MLflow", access.getOrDefault("mlflow_url", ""));
            row(table, "memory", memory.toString());
            row(table, "training", training.map(RunningTraining::sentence).orElse("none is running"));
            waiting.forEach(it -> table.row("awaits approval", it.sentence()));
            table.row("passwords", "./vowcheck status --json");
        }
        checks.addUnknown(table, style);
        table.print(out);
    }

    /// Prints it for programs, with the API key and the passwords.
    public void printJson(PrintStream out) {
        var json = JsonObject.of(access)
                .with("api_keys", apiKeys)
                .with("resident_mb", memory.megabytesByPart())
                .withPresent("training", training.map(RunningTraining::json))
                .with(
                        "awaiting_approval",
                        waiting.stream().map(WaitingTraining::json).toList());
        out.println(checks.addTo(json).json());
    }

    private void tellAccess(DeployedStage stage, URI endpoint, @Nullable OperatorLogin operator) {
        access.put("endpoint_url", endpoint.toString());
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
        if (checks.knows(what)) {
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

    /// A program that has read a secret works on when it is deleted, until it starts anew.
    private static Object requireSecrets() {
        try (var secrets = StageSecrets.local()) {
            secrets.requireAll();
        }
        return true;
    }

    private static Object ping(URI endpoint) throws IOException {
        return ServiceChecks.expectOk(
                HttpRequests.send(endpoint.resolve("/_localstack/health"), Map.of(), null, LIMIT));
    }
}
