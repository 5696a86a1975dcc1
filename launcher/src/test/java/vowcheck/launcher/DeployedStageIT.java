package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorsJson;

/// The commands on a stage of which the launcher knows only the name and where AWS's services answer: its folder has
/// no system, so it finds no outputs, ports, processes or login there.
@ExtendWith(RunningSystem.class)
@Order(2)
class DeployedStageIT {

    /// The model that serves was trained on the rows before this day, or on more: what is trained on them again is not
    /// better, and changes nothing.
    private static final String CUTOFF = "2025-05-01";

    private static final Path NO_INPUT = Path.of("/dev/null");

    private final LocalSystem system;

    @TempDir
    private Path folder;

    DeployedStageIT(LocalSystem system) {
        this.system = system;
    }

    @Test
    void predictionsAreMadeExportedAndErased() throws Exception {
        var loan = "loan." + UUID.randomUUID();
        Files.writeString(
                folder.resolve("application.json"),
                LocalSystem.event("request_1.json").replaceFirst("\\{", "{\"loan_id\": \"%s\", ".formatted(loan)));
        var day = LocalDate.now(ZoneOffset.UTC).toString();
        var file = folder.resolve("predictions.csv");

        var prediction = run(0, "predict", folder.resolve("application.json").toString());
        assertThat(JsonDocument.parse(prediction).number("probability")).isBetween(0.0, 1.0);

        assertThat(run(0, "export", "--from", day, "--to", day, file.toString()))
                .contains(" predictions are in ");
        assertThat(file).content().contains(loan);

        var erased = run(0, "erase", "--loan", loan, "--reason", "case 17/2026", "--yes", "--json");
        assertThat(JsonDocument.parse(erased.substring(erased.indexOf('{')))
                        .document("erased")
                        .integer("predictions"))
                .isEqualTo(1);
    }

    @Test
    void theStageTellsItsState() throws Exception {
        var status = result(NO_INPUT, "status", "--json");
        var json = JsonDocument.parse(status.output());

        assertThat(json.text("stage")).isEqualTo("local");
        for (var service : List.of("data stack", "service stack", "api", "database", "model", "queue", "mlflow")) {
            assertThat(json.document("services").text(service)).as(service).isEqualTo("healthy");
        }
        // LocalStack raises alarms for metrics that only AWS itself writes.
        assertThat(status.exitCode()).isEqualTo(json.texts("alarms").isEmpty() ? 0 : 1);
        assertThat(json.text("bucket")).isEqualTo(system.status().text("bucket"));
        assertThat(run(0, "env"))
                .contains(
                        "export VOWCHECK_API_KEY='%s'".formatted(system.status().text("api_key")))
                .contains(
                        "export VOWCHECK_API_URL='%s'".formatted(system.status().text("api_url")))
                .contains("export MLFLOW_TRACKING_PASSWORD=")
                .doesNotContain("AWS_");
        ShellScript.write(folder.resolve("bin/wslview"), "exit 0"); // no test opens the user's browser
        assertThat(run(0, "open")).contains(system.status().text("mlflow_url"));
        assertThat(run(0, "key", "list")).contains("clerks-", "valid");
        assertThat(run(0, "logs", "scoring", "--raw")).contains("REPORT RequestId");
    }

    @Test
    void trainingsAreStartedAndFollowed() {
        // Where there is drift, the training that it starts must end before the next one.
        assertThat(run(0, "drift", "--wait")).contains("Age_Days");
        assertThat(run(0, "retrain", CUTOFF))
                .contains("on the stage local of the account ", "Begin", "Promote", "not comparable: version ");
        var followed = run(0, "follow", "--json");
        assertThat(followed).contains("\"cutoff\":\"" + CUTOFF + "\"");
        assertThat(run(1, "replay", "--from", "1990-01-01", "--to", "1990-01-01"))
                .contains("is in production; one training may replace it", "vowcheck: the workflow failed: ");
        var serving = JsonDocument.parse(system.modelInfo()).text("model_version");
        assertThat(run(0, "rollback", serving, "--reason", "a walk")).contains(serving);
    }

    @Test
    void aPersonIsAdmittedAndRemoved() throws Exception {
        var former = operators();
        Files.writeString(folder.resolve("password"), "an example password\n");

        assertThat(run(0, folder.resolve("password"), "operator", "eve", "auditor"))
                .startsWith("on the stage local of the account 000000000000 in eu-central-1: http://127.0.0.1:")
                .endsWith("admitted eve as auditor\n");
        assertThat(operators())
                .extracting(Operator::name)
                .containsAll(former.stream().map(Operator::name).toList())
                .contains("eve");

        assertThat(run(0, "operator", "eve", "--remove")).contains("removed eve");
        assertThat(operators()).isEqualTo(former);
        assertThat(run(1, "operator", "eve", "--remove"))
                .endsWith("vowcheck: the stage local has no operator or auditor 'eve'\n");
    }

    private List<Operator> operators() {
        try (var secrets = system.aws(SecretsManagerClient.builder())) {
            var secret = system.output(StackOutput.OPERATORS_SECRET_NAME);
            return OperatorsJson.read(
                            secrets.getSecretValue(get -> get.secretId(secret)).secretString())
                    .operators();
        }
    }

    private String run(int exitCode, String... command) {
        return run(exitCode, NO_INPUT, command);
    }

    private String run(int exitCode, Path input, String... command) {
        var result = result(input, command);
        assertThat(result.exitCode()).as(result.output()).isEqualTo(exitCode);
        return result.output();
    }

    private Launcher.Result result(Path input, String... command) {
        var words = new ArrayList<>(List.of("./vowcheck"));
        words.addAll(List.of(command));
        words.addAll(List.of("--stage", "local"));
        var builder = new ProcessBuilder(words)
                .directory(LocalSystem.ROOT.toFile())
                .redirectInput(input.toFile())
                .redirectErrorStream(true);
        var environment = builder.environment();
        environment.put("VOWCHECK_LOCAL", folder.resolve("no-system").toString());
        environment.put("AWS_ENDPOINT_URL", system.status().text("endpoint_url"));
        environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("AWS_REGION", "eu-central-1");
        environment.put("AWS_ACCESS_KEY_ID", "test");
        environment.put("AWS_SECRET_ACCESS_KEY", "test");
        environment.put("LOCAL_OPERATOR_USER", system.status().text("operator_user"));
        environment.put("LOCAL_OPERATOR_PASSWORD", system.status().text("operator_password"));
        return Launcher.result(builder);
    }
}
