package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.adapters.json.JsonDocument;

/// The commands as people use them in a shell, beside a running system.
@ExtendWith(RunningSystem.class)
@Order(2)
class CommandLineIT {

    /// The model that serves was trained on the rows before this day, or on more: what is trained on them again is not
    /// better, and changes nothing.
    private static final String CUTOFF = "2025-05-01";

    private final LocalSystem system;

    @TempDir
    private Path folder;

    CommandLineIT(LocalSystem system) {
        this.system = system;
    }

    @Test
    void predictReadsTheStandardInput() {
        var answer = bash("./vowcheck predict - <events/request_1.json");

        assertThat(answer.exitCode()).as(answer.output()).isZero();
        assertThat(JsonDocument.parse(answer.output()).number("probability")).isBetween(0.0, 1.0);
    }

    @Test
    void theVariablesOfEnvLeadAwsClientsAndMlflowsClientHere() {
        var bucket = bash("eval \"$(./vowcheck env)\"; .local/tools/venv/bin/python -c \"$1\"", """
                import boto3
                print([bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]])
                """);
        assertThat(bucket.output()).contains(system.status().text("bucket"));

        var experiments = bash("eval \"$(./vowcheck env)\"; .local/tools/mlflow/bin/python -c \"$1\"", """
                import mlflow
                print([experiment.name for experiment in mlflow.search_experiments()])
                """);
        assertThat(experiments.output()).contains("'divorce'");

        var model = bash(
                "eval \"$(./vowcheck env)\"; curl -s -H \"x-api-key: $VOWCHECK_API_KEY\" $VOWCHECK_API_URL/model-info");
        assertThat(model.output()).contains("\"model_name\":\"divorce-model\"");
    }

    @Test
    void synthWritesTemplatesOrSaysInASentenceWhatTheStageLacks() {
        var templates = folder.resolve("templates");
        var local = system.run("synth", "local", templates.toString());
        assertThat(local.exitCode()).as(local.output()).isZero();
        assertThat(templates.resolve("Data.template.json")).content().contains("AWS::RDS::DBInstance");
        assertThat(local.output()).contains("Data.template.json, Service.template.json");

        var again = system.run("synth", "local", templates.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.output()).contains("vowcheck: %s is not empty: ".formatted(templates));

        var dev = system.run("synth", "dev", folder.resolve("dev").toString());
        assertThat(dev.exitCode()).isEqualTo(1);
        assertThat(dev.output())
                .contains("vowcheck: stage dev also needs allowedAddresses or authorization; the context keys are ")
                .doesNotContain("\tat ");
    }

    /// Rows that are locked keep the training in its state, however quick the machine is.
    @Test
    void aTrainingIsShownAndGoesOnWhenItsCommandIsInterrupted() throws Exception {
        var printed = folder.resolve("retrain.log");
        try (var rows = HeldTable.labelledRows(system)) {
            var retrain = system.command(SystemProcesses.asInTerminal("./vowcheck", "retrain", CUTOFF))
                    .redirectOutput(printed.toFile())
                    .start();
            try {
                rows.awaitWaiter();
                await().atMost(LocalSystem.PATIENCE)
                        .untilAsserted(() -> assertThat(printed).content().contains("  Train\n"));
                assertThat(system.run("status").output())
                        .contains("a training is running since ", ", now at Train; follow it with ");
                var second = system.run("retrain");
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.output())
                        .startsWith("vowcheck: a training is running since ")
                        .contains(": follow it with ./vowcheck follow ", ", and start again when it has ended");
                SystemProcesses.signal("INT", -retrain.pid());
                assertThat(retrain.onExit()).succeedsWithin(LocalSystem.PATIENCE);
                assertThat(retrain.exitValue()).isEqualTo(130);
            } finally {
                retrain.destroyForcibly();
            }
        }

        var output = Files.readString(printed);
        assertThat(output).contains("vowcheck: interrupted: the training goes on; follow it with ./vowcheck follow ");
        var followed = system.run(
                "follow",
                "--json",
                output.substring(output.lastIndexOf(" ") + 1).strip());
        assertThat(followed.exitCode()).as(followed.output()).isZero();
        assertThat(followed.output())
                .contains("Promote", "\"cutoff\":\"" + CUTOFF + "\"", "\"decision\":\"not_comparable\"");
    }

    private Launcher.Result bash(String commands, String... arguments) {
        var command = new ArrayList<>(List.of("bash", "-c", commands, "bash"));
        command.addAll(List.of(arguments));
        return Launcher.result(system.command(command.toArray(String[]::new)));
    }
}
