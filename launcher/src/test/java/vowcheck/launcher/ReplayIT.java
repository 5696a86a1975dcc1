package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonDocument;

/// The whole third step of the contract's acceptance walk, twelve trainings in a row, and shorter replays that
/// put back what served before. A long test, run only by `./vowcheck test --all`.
@Tag("long")
@ExtendWith(RunningSystem.class)
@Order(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayIT {

    private static final int CUTOFFS = 12;

    /// The champion has learned from three weeks of rows; challengers that have learned from eight months beat
    /// it.
    private static final String CHAMPION_CUTOFF = "2023-05-22";

    private static final List<String> SHORT = List.of("2024-01-01", "2024-02-01");

    private final LocalSystem system;
    private final MlflowOfOperators mlflow;
    private final TrainingWatch watch;

    ReplayIT(LocalSystem system) {
        this.system = system;
        this.mlflow = new MlflowOfOperators(system);
        this.watch = new TrainingWatch(system);
    }

    @AfterAll
    void close() {
        watch.close();
    }

    @Test
    void everyCutoffIsTrainedAndComparedAndThePromotedOneServes() {
        var before = JsonDocument.parse(system.modelInfo()).text("model_version");
        var runsBefore = mlflow.finishedRuns();

        var replay = system.run("replay");

        assertThat(replay.exitCode()).as(replay.output()).isZero();
        assertThat(replay.output())
                .contains("version %s is in production; 12 trainings may replace it, and what is promoted last stays"
                        .formatted(before))
                .contains("Train 2025-05-01", "Train 2026-04-01");
        // It is compared with no champion, and each later one with a champion of the replay, which is older.
        assertThat(replay.output().lines().filter(line -> line.contains("none")))
                .singleElement()
                .asString()
                .startsWith("2025-05-01 ");
        assertThat(row(replay, "2025-05-01")[2]).isEqualTo("promoted");
        var promoted = new ArrayList<String>();
        for (int month = 0; month < CUTOFFS; month++) {
            var cutoff = LocalDate.of(2025, 5, 1).plusMonths(month).toString();
            var row = row(replay, cutoff);
            assertThat(row[2]).as(cutoff).isIn("promoted", "kept");
            if (row[2].equals("promoted")) {
                promoted.add(row[1]);
            }
        }
        assertThat(promoted).isNotEmpty();
        assertThat(JsonDocument.parse(system.modelInfo()).text("model_version")).isEqualTo(promoted.getLast());
        assertThat(replay.output()).endsWith("  version %s is in production%n".formatted(promoted.getLast()));
        assertThat(mlflow.finishedRuns()).isEqualTo(runsBefore + CUTOFFS + 1); // the replay has a run, too
    }

    @Test
    void whatServedBeforeServesAfterAReplayThatRestores() throws IOException {
        var before = aWeakModelServes();

        var replay = system.run("replay", "--restore", "--from", SHORT.getFirst(), "--to", SHORT.getLast());

        assertThat(replay.exitCode()).as(replay.output()).isZero();
        assertThat(replay.output())
                .contains("; 2 trainings may replace it, and it is put back at the end")
                .contains("Train " + SHORT.getFirst(), "Train " + SHORT.getLast(), "Restore");
        assertThat(row(replay, SHORT.getFirst())[2]).isEqualTo("promoted");
        watch.requireUntouched(before);
    }

    @Test
    void aReplayThatIsStoppedRestoresWhatServedBeforeAndAnotherTrainingWaitsForItsEnd() throws IOException {
        var before = aWeakModelServes();
        var replay = watch.startReplay(SHORT);
        await().atMost(LocalSystem.PATIENCE)
                .until(() -> !watch.production().pointer().equals(before.pointer()));

        var waiting = watch.start(CHAMPION_CUTOFF);
        watch.awaitFailedAttempt(waiting, "vowcheck.core.workflow.ReplayRuns");
        replay.stop();

        assertThat(replay.awaitEnd().status()).isEqualTo(ExecutionStatus.ABORTED);
        watch.requireUntouched(before);
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() ->
                        assertThat(watch.object(BucketKeys.UNFINISHED_REPLAY)).isEmpty());
        // An equal model is not better: it trained against what served before the replay.
        assertThat(watch.decision(waiting).text("decision")).isNotEqualTo("promoted");
        watch.awaitNoTraining();
        watch.requireUntouched(before);
    }

    private TrainingWatch.Production aWeakModelServes() {
        watch.putIntoProduction(watch.decision(watch.start(CHAMPION_CUTOFF)).text("model_version"));
        return watch.production();
    }

    private static String[] row(Launcher.Result replay, String cutoff) {
        return replay.output()
                .lines()
                .filter(line -> line.startsWith(cutoff + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row of " + cutoff + " in " + replay.output()))
                .split("\\s+", 4);
    }
}
