package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.ResourceNames;

/// Each secret is marked for deletion while programs that need it start anew, and is restored. Predictions are answered
/// all the time, what needs the secret says so, and afterwards everything works again by itself. A long test, run only
/// by `./vowcheck test --all`.
@Tag("long")
@ExtendWith(RunningSystem.class)
@Order(3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeletedSecretsIT {

    private static final List<String> ERASE = List.of("erase", "--loan", "L1", "--reason", "case 1", "--yes");

    /// A variable that the launcher sets for this program only.
    private static final String MLFLOW = "MLFLOW_HOST=127.0.0.1";

    private final LocalSystem system;
    private final String application;

    @TempDir
    private Path folder;

    DeletedSecretsIT(LocalSystem system) throws IOException {
        this.system = system;
        this.application = LocalSystem.event("request_1.json");
    }

    @AfterEach
    void everythingIsHealthyAgain() {
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(system.run("status").output()).doesNotContain("down"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"database/scoring", "erasure/tombstone-key"})
    void predictionsWaitInTheQueue(String part) {
        String id;
        try (var _ = new Deleted(part, "scoring", "relog", "erasure")) {
            id = predicted().headers().firstValue("X-Request-Id").orElseThrow();
            if (part.startsWith("database")) {
                assertThat(system.run("status").output()).contains("the password of its role cannot be read");
            } else {
                assertThat(refused(ERASE.toArray(String[]::new))).startsWith("vowcheck: not erased: ");
            }
        }
        system.awaitAnswer("SELECT count(*) FROM prediction_logs WHERE request_id = '%s'".formatted(id), "1");
    }

    @Test
    void nothingIsErased() {
        try (var _ = new Deleted("database/erasure", "erasure")) {
            assertThat(refused(ERASE.toArray(String[]::new))).startsWith("vowcheck: not erased: ");
        }
        var erased = system.run(ERASE.toArray(String[]::new));
        assertThat(erased.exitCode()).as(erased.output()).isZero();
    }

    @Test
    void nothingIsExported() {
        var export = new String[] {
            "export",
            "--from",
            "2025-05-01",
            "--to",
            "2025-05-02",
            folder.resolve("rows.csv").toString()
        };
        try (var _ = new Deleted("database/audit", "export", "operations")) {
            refused(export);
        }
        var exported = system.run(export);
        assertThat(exported.exitCode()).as(exported.output()).isZero();
    }

    @Test
    void driftIsNotMeasured() {
        try (var _ = new Deleted("database/drift", "drift")) {
            assertThat(refused("drift")).contains("the secret of the database role cannot be read");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"retention", "owner"})
    void aFunctionThatWorksOnTheDatabaseFailsAndSaysWhy(String role) {
        var function = role.equals("owner") ? "migrate" : role;
        try (var _ = new Deleted("database/" + role, function)) {
            assertThat(invoked(function)).containsPattern("the secret .* (cannot be read|is marked for deletion)");
        }
        assertThat(invoked(function)).doesNotContain("errorMessage");
    }

    @Test
    void nothingIsTrained() throws IOException {
        try (var watch = new TrainingWatch(system)) {
            var before = watch.production();
            try (var _ = new Deleted("database/training")) {
                watch.requireFailure(
                        watch.start("2023-08-01"), "Train", "the secret of the database role cannot be read");
            }
            watch.requireUntouched(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"database/mlflow", "mlflow/sessions"})
    void mlflowStartsWhenItsSecretIsBack(String part) {
        var mlflow = new MlflowOfOperators(system);
        try (var _ = new Deleted(part)) {
            SystemProcesses.with(system.folder(), MLFLOW).forEach(ProcessHandle::destroyForcibly);
            await().atMost(LocalSystem.PATIENCE)
                    .until(() -> system.run("logs").output().contains("unable to retrieve secret"));
            assertThat(mlflow.answers()).isFalse();
        }
        await().atMost(LocalSystem.PATIENCE).until(mlflow::answers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"operators", "mlflow/admin"})
    void operatorsAreAskedToTryAgain(String part) {
        var path = part.equals("operators")
                ? "/operations/readiness"
                : "/mlflow/ajax-api/2.0/mlflow/experiments/search?max_results=1";
        try (var _ = new Deleted(part, "operator-authorizer", "operations")) {
            new IdleAuthorizer(system).forgetAnswers();
            assertThat(asOperator(path).statusCode()).isEqualTo(503);
        }
        await().atMost(LocalSystem.PATIENCE).until(() -> asOperator(path).statusCode() == 200);
    }

    @Test
    void clientsKeepTheirKeys() {
        try (var _ = new Deleted("clients/clerks", "scoring")) {
            assertThat(refused("key", "show", "clerks"))
                    .contains("the secret vowcheck-local/clients/clerks is marked for deletion: restore it");
        }
    }

    @Test
    void upRestoresThem() {
        var deleted = new Deleted("operators");

        var up = system.up();

        assertThat(up).contains("the secret %s is restored".formatted(deleted.name));
    }

    /// The output of a command that fails: one sentence, without internals.
    private String refused(String... command) {
        var result = system.run(command);
        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(result.output().lines())
                .as(result.output())
                .filteredOn(line -> line.startsWith("vowcheck: "))
                .hasSize(1);
        assertThat(result.output()).doesNotContain("\tat ", "Exception", "arn:");
        return result.output();
    }

    private String invoked(String function) {
        try (var lambda = system.aws(LambdaClient.builder())) {
            var name = ResourceNames.resource(LocalStage.NAME, function);
            return lambda.invoke(call -> call.functionName(name).qualifier(ResourceNames.LIVE_ALIAS))
                    .payload()
                    .asUtf8String();
        }
    }

    private HttpResponse<String> asOperator(String path) {
        return system.send(system.asOperator(system.request(path)));
    }

    private HttpResponse<String> predicted() {
        var answer = system.post("/predict", application);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /// A secret that is marked for deletion until this is closed, and functions that start anew at their next call.
    private final class Deleted implements AutoCloseable {

        private final String name;

        Deleted(String part, String... functions) {
            name = ResourceNames.secret(LocalStage.NAME, part);
            try (var secrets = system.aws(SecretsManagerClient.builder())) {
                secrets.deleteSecret(delete -> delete.secretId(name));
            }
            for (var function : functions) {
                for (var process : SystemProcesses.ofFunction(system.folder(), function)) {
                    process.destroyForcibly();
                    assertThat(process.onExit()).succeedsWithin(LocalSystem.PATIENCE);
                }
            }
            assertThat(system.run("status").output())
                    .contains("%s: marked for deletion; ./vowcheck up restores them".formatted(name));
            predicted();
        }

        @Override
        public void close() {
            try (var secrets = system.aws(SecretsManagerClient.builder())) {
                secrets.restoreSecret(restore -> restore.secretId(name));
            }
        }
    }
}
