package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;
    private Progress progress;

    @BeforeEach
    void aCommand() {
        progress = new Progress(new PrintStream(output, true, StandardCharsets.UTF_8), () -> now, now);
    }

    @Test
    void aLongStepIsMentionedAgainWithHowFarItIs() throws IOException {
        progress.during(UpStep.BUILD, () -> "module 2 of 7", () -> {
            pass(9);
            progress.sayAgain();
        });

        assertThat(lines())
                .containsExactly("    0s  building with Maven", "    9s    still building with Maven (module 2 of 7)");
    }

    @Test
    void nothingIsRepeatedSoonAfterALine() throws IOException {
        progress.during(UpStep.BUILD, () -> {
            pass(6);
            progress.sayAgain();
        });

        assertThat(lines()).hasSize(1);
    }

    @Test
    void whatRunsSideBySideIsNamedTogether() throws IOException {
        progress.during(
                UpStep.BUILD,
                () -> progress.during(UpStep.MLFLOW_PACKAGES, () -> {
                    pass(10);
                    progress.sayAgain();
                }));

        assertThat(lines().getLast()).endsWith("still building with Maven, installing MLflow");
    }

    @Test
    void theNextTimeTheEstimateIsWhatThisTimeTook() throws IOException {
        var durations = new Durations(folder.resolve("durations.properties"));
        progress.plan(durations, List.of(List.of(List.of(UpStep.BUILD))));
        progress.during(UpStep.BUILD, () -> pass(100));
        assertThat(progress.remaining()).isEmpty();

        progress.plan(durations, List.of(List.of(List.of(UpStep.BUILD))));

        assertThat(progress.remaining()).isEqualTo("; about 100 s left");
    }

    @Test
    void aStepThatTakesLongerThanTheLastTimeIsNotSaidToEndSoon() throws IOException {
        var durations = new Durations(folder.resolve("durations.properties"));
        durations.keep(UpStep.BUILD, 20_000);
        durations.keep(UpStep.DEPLOYMENT, 10_000);
        progress.plan(durations, List.of(List.of(List.of(UpStep.BUILD)), List.of(List.of(UpStep.DEPLOYMENT))));

        progress.during(UpStep.BUILD, () -> {
            assertThat(progress.remaining()).isEqualTo("; about 30 s left");
            pass(25);
            assertThat(progress.remaining()).isEqualTo("; more than 10 s left");
        });
        assertThat(progress.remaining()).isEqualTo("; about 10 s left");
        progress.during(UpStep.DEPLOYMENT, () -> {
            pass(11);
            assertThat(progress.remaining()).isEqualTo("; longer than expected");
        });
        assertThat(progress.remaining()).isEmpty();
    }

    @Test
    void aStepThatFailsIsNoMeasurement() throws IOException {
        var durations = folder.resolve("durations.properties");
        progress.plan(new Durations(durations), List.of(List.of(List.of(UpStep.BUILD))));

        assertThatThrownBy(() -> progress.during(UpStep.BUILD, () -> {
                    throw new CommandFailed("broken");
                }))
                .isInstanceOf(CommandFailed.class);

        assertThat(durations).doesNotExist();
        assertThat(progress.remaining()).isNotEmpty();
    }

    private void pass(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
    }

    private List<String> lines() {
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
