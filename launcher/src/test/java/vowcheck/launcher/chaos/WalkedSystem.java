package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonFaults;
import vowcheck.adapters.mlflow.Mlflow;
import vowcheck.adapters.settings.Setting;
import vowcheck.launcher.LocalSystem;
import vowcheck.launcher.MlflowOfOperators;
import vowcheck.launcher.SystemProcesses;

/// The system that the walk leads through: what acts need of it, and which of their effects last at the moment.
final class WalkedSystem implements AutoCloseable {

    private final LocalSystem system;
    private final MlflowOfOperators mlflow;
    private final ObservedTrainings trainings;
    private final AnswerLedger ledger = new AnswerLedger();
    private final ClerksLoad load;
    private Optional<String> refusedColumn = Optional.empty();
    private final Set<String> damaged = new HashSet<>();
    private boolean slow;

    /// @param seed of the applications that clerks send
    WalkedSystem(LocalSystem system, long seed) throws SQLException {
        this.system = system;
        mlflow = new MlflowOfOperators(system);
        trainings = new ObservedTrainings(system);
        load = new ClerksLoad(system, ledger, seed);
    }

    LocalSystem system() {
        return system;
    }

    MlflowOfOperators mlflow() {
        return mlflow;
    }

    ObservedTrainings trainings() {
        return trainings;
    }

    ClerksLoad load() {
        return load;
    }

    AnswerLedger ledger() {
        return ledger;
    }

    /// From now on, trainings must refuse the labelled rows and name this column.
    void refuseRows(String column) {
        refusedColumn = Optional.of(column);
    }

    /// From now on, trainings must accept the labelled rows.
    void acceptRows() {
        refusedColumn = Optional.empty();
    }

    /// The column because of which trainings must refuse the labelled rows.
    Optional<String> refusedColumn() {
        return refusedColumn;
    }

    /// Whether a sentence says why trainings must fail at the moment.
    boolean explains(String sentence) {
        return refusedColumn.filter(sentence::contains).isPresent();
    }

    /// From now on, predictions may wait in the queue for as long as the disk is slow.
    void slowDown() {
        slow = true;
    }

    void speedUp() {
        slow = false;
    }

    boolean isSlow() {
        return slow;
    }

    /// From now on, the bundle of this manifest cannot be loaded.
    void damageBundle(String manifestHash) {
        damaged.add(manifestHash);
    }

    boolean isDamaged(String manifestHash) {
        return damaged.contains(manifestHash);
    }

    /// The folders of bundles that are whole: that have both files, and were not damaged.
    List<String> wholeBundles() {
        try (var s3 = system.aws(S3Client.builder())) {
            var bucket = system.status().text("bucket");
            var keys = s3
                    .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(BucketKeys.MODELS))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .toList();
            return keys.stream()
                    .filter(key -> key.endsWith("/manifest.json"))
                    .map(key -> key.substring(0, key.lastIndexOf('/')))
                    .filter(folder -> keys.contains(folder + "/model.pb"))
                    .filter(folder -> damaged.stream().noneMatch(folder::endsWith))
                    .toList();
        }
    }

    /// Kills all environments of a function; returns how many.
    int killFunction(String name) {
        var processes = SystemProcesses.ofFunction(system.folder(), name);
        processes.forEach(WalkedSystem::kill);
        return processes.size();
    }

    /// Kills a process as a crash would, and waits for its end.
    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        assertThat(process.onExit()).succeedsWithin(LocalSystem.PATIENCE);
    }

    /// The text of `production.json`.
    String pointer() {
        try (var s3 = system.aws(S3Client.builder())) {
            return s3.getObjectAsBytes(request ->
                            request.bucket(system.status().text("bucket")).key(BucketKeys.POINTER))
                    .asUtf8String();
        }
    }

    /// The value of a setting of a function.
    String setting(StackOutput function, Setting setting) {
        try (var lambda = system.aws(LambdaClient.builder())) {
            var variables = lambda.getFunctionConfiguration(request -> request.functionName(system.output(function)))
                    .environment()
                    .variables();
            return JsonDocument.of(variables, JsonFaults.DISCREET).text(setting.name());
        }
    }

    String secret(String id) {
        try (var secrets = system.aws(SecretsManagerClient.builder())) {
            return secrets.getSecretValue(request -> request.secretId(id)).secretString();
        }
    }

    void putSecret(String id, String value) {
        try (var secrets = system.aws(SecretsManagerClient.builder())) {
            secrets.putSecretValue(request -> request.secretId(id).secretString(value));
        }
    }

    /// Runs a statement as the owner of the database.
    void execute(String sql) throws SQLException {
        try (var connection = system.database(LocalSystem.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Whether an operator's call reaches MLflow, and MLflow answers it.
    boolean admitsOperator() {
        return mlflow.read("experiments/search?max_results=1").statusCode() == 200;
    }

    /// Waits until an operator's call reaches MLflow, and MLflow answers it.
    void awaitMlflow() {
        await("MLflow answers an operator").atMost(LocalSystem.PATIENCE).until(this::admitsOperator);
    }

    /// Waits until no run in MLflow seems to run.
    void awaitNoRun() {
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(runs("RUNNING"))
                        .as("runs that MLflow shows as running")
                        .isEmpty());
    }

    /// The ids of the runs in MLflow that have a status, without deleted ones.
    List<String> runs(String status) {
        var experiment = JsonDocument.parse(mlflow.read("experiments/get-by-name?experiment_name=" + Mlflow.EXPERIMENT)
                        .body())
                .document("experiment")
                .text("experiment_id");
        var answer = mlflow.call(
                "POST",
                "runs/search",
                Map.of("experiment_ids", List.of(experiment), "filter", "attributes.status = '%s'".formatted(status)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var found = JsonDocument.parse(answer.body());
        return found.has("runs")
                ? found.documents("runs").stream()
                        .map(run -> run.document("info").text("run_id"))
                        .toList()
                : List.of();
    }

    /// Waits until every answered prediction is stored, each exactly as it was answered.
    void awaitStored() {
        await("every answered prediction is stored")
                .ignoreExceptionsInstanceOf(SQLException.class)
                .atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> {
                    ledger.settle(LoggedAnswers.of(system, ledger.unstored()));
                    assertThat(ledger.unstored()).isEmpty();
                });
    }

    /// Compares every answer since the beginning with the prediction log once more. A slow disk ends before.
    void requireAllStored() throws SQLException {
        load.pause();
        if (slow) {
            new SlowDiskEnded().perform(this);
        }
        awaitStored();
        var logged = LoggedAnswers.of(system, ledger.all());
        ledger.settle(logged);
        assertThat(logged.keySet()).isEqualTo(ledger.all());
    }

    @Override
    public void close() {
        load.close();
        trainings.close();
    }
}
