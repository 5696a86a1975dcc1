package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.json.JsonDocument;

class DriftCommandsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String DRIFTED = """
            {"checked_at":"2026-11-26T12:00:00Z","model_version":"7","data_cutoff_date":"2025-05-01","verdict":"drifted",
             "rows":5000,"psi":{"age_days":0.41},"drifted_features":["age_days"],"psi_threshold":0.25,"min_samples":200}\
            """;

    private final FakeStepFunctions stepFunctions = new FakeStepFunctions();

    @Test
    void theTrainingOfTheReportIsNamed() {
        assertThat(drift(false, this::addTrainingOfReport))
                .endsWith("age_days drifted: a training has started; follow it with ./vowcheck follow of-report\n");
    }

    @Test
    void programsGetTheNameOfTheTrainingOfTheReport() {
        assertThat(JsonDocument.parse(drift(true, this::addTrainingOfReport)).text("training_execution"))
                .isEqualTo("of-report");
    }

    @Test
    void whileATrainingRunsTheOneOfTheReportIsRefusedAndNotNamed() {
        addTraining("other", "{}");

        assertThat(JsonDocument.parse(drift(true, this::addTrainingOfReport)).has("training_execution"))
                .isFalse();
        assertThat(drift(false, () -> {}))
                .endsWith("age_days drifted: a training is running since %s, and no other can start: follow it with"
                                .formatted(RunState.onTheClock(NOW))
                        + " ./vowcheck follow other\n");
    }

    private void addTrainingOfReport() {
        addTraining("of-report", "{\"drift_report\":\"2026-11-26T12:00:00Z\"}");
    }

    private void addTraining(String name, String input) {
        stepFunctions.add(WorkflowKind.TRAINING, name, ExecutionStatus.RUNNING, NOW, input);
    }

    /// What the command prints.
    ///
    /// @param whenChecked what a check causes
    private String drift(boolean asJson, Runnable whenChecked) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        return Printed.by(out -> new DriftCommands(
                        StageName.LOCAL,
                        () -> {
                            whenChecked.run();
                            return DRIFTED;
                        },
                        stepFunctions::executions,
                        new Report(out, nowhere, Style.of(Map.of()), asJson, InstantSource.fixed(NOW), NOW))
                .check());
    }
}
