package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// Kills the running system, which starts again after a deployment that fails, and ends it. Comes after all classes
/// that need it running.
@ExtendWith(RunningSystem.class)
@Order(Integer.MAX_VALUE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestartIT {

    private final LocalSystem system;
    private final MlflowOfOperators mlflow;

    RestartIT(LocalSystem system) {
        this.system = system;
        this.mlflow = new MlflowOfOperators(system);
    }

    @Test
    @Order(1)
    void aKilledSystemRestartsWithAllItsData() throws Exception {
        var before = system.status();
        var logged = Integer.parseInt(system.ask("SELECT count(*) FROM prediction_logs"));
        var model = system.modelInfo();
        var runs = mlflow.finishedRuns();
        system.crash();
        for (var command : List.of("status", "open", "drift")) {
            assertThat(system.run(command))
                    .isEqualTo(new Launcher.Result(1, "vowcheck: not running: ./vowcheck up%n".formatted()));
        }

        deploymentFailsAtTheDatabase();
        system.up();

        for (var kept : List.of("api_key", "operator_password", "database_url", "bucket")) {
            assertThat(system.status().text(kept)).as(kept).isEqualTo(before.text(kept));
        }
        // One more row: every `up` ends with a prediction.
        assertThat(system.ask("SELECT count(*) FROM prediction_logs")).isEqualTo(String.valueOf(logged + 1));
        assertThat(system.modelInfo()).isEqualTo(model);
        assertThat(mlflow.finishedRuns()).isEqualTo(runs);
    }

    /// As a database does that RDS has created, and that does not become available.
    private void deploymentFailsAtTheDatabase() throws IOException {
        var failing = Files.writeString(system.folder().resolve("failing-types"), "AWS::RDS::DBInstance completed\n");

        var failed = system.run(Map.of("LOCALAWS_FAILURES", failing.toString()), "up");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.output())
                .contains("vowcheck: the deployment failed: the stack vowcheck-local-data could not be created: ")
                .contains(" (AWS::RDS::DBInstance): does not become stable")
                .contains("; remove the cause, then run ./vowcheck up again; the whole output is in ");
        assertThat(SystemProcesses.of(system.folder())).isEmpty();
    }

    @Test
    @Order(2)
    void downLeavesNoProcessAndWhoFollowsATrainingReadsThatTheSystemWasStopped() throws Exception {
        var output = new StringBuilder();
        var retrain = system.command("./vowcheck", "retrain", "2025-05-01").start();
        try (var lines = retrain.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.endsWith("  Train")) {
                    assertThat(system.down())
                            .contains("a training that ran since ", ", last at Train, has ended with the system: ")
                            .contains("start it again with ./vowcheck retrain 2025-05-01");
                }
            }
        } finally {
            retrain.destroyForcibly();
        }

        assertThat(output).endsWith("vowcheck: the system was stopped: ./vowcheck up\n");
        assertThat(retrain.waitFor()).isEqualTo(1);
        assertThat(SystemProcesses.of(system.folder())).isEmpty();
        assertThat(system.run("status").exitCode()).isEqualTo(1);
    }
}
