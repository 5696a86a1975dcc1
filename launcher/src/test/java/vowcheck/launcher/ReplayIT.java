package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vowcheck.adapters.json.JsonDocument;

/// The whole third step of the contract's acceptance walk: twelve trainings in a row. A long test, run only by
/// `./vowcheck test --all`.
@Tag("long")
@ExtendWith(RunningSystem.class)
@Order(4)
class ReplayIT {

    private static final int CUTOFFS = 12;

    private final LocalSystem system;
    private final MlflowOfOperators mlflow;

    ReplayIT(LocalSystem system) {
        this.system = system;
        this.mlflow = new MlflowOfOperators(system);
    }

    @Test
    void everyCutoffIsTrainedAndComparedAndThePromotedOneServes() {
        var runsBefore = mlflow.finishedRuns();

        var replay = system.run("replay");

        assertThat(replay.exitCode()).as(replay.output()).isZero();
        var promoted = new ArrayList<String>();
        for (int month = 0; month < CUTOFFS; month++) {
            var cutoff = LocalDate.of(2025, 5, 1).plusMonths(month).toString();
            var row = replay.output()
                    .lines()
                    .filter(line -> line.startsWith(cutoff + " "))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no row of " + cutoff + " in " + replay.output()))
                    .split("\\s+", 4);
            assertThat(row[2]).as(cutoff).isIn("promoted", "kept");
            if (row[2].equals("promoted")) {
                promoted.add(row[1]);
            }
        }
        assertThat(promoted).isNotEmpty();
        assertThat(JsonDocument.parse(system.modelInfo()).text("model_version")).isEqualTo(promoted.getLast());
        assertThat(mlflow.finishedRuns()).isEqualTo(runsBefore + CUTOFFS);
    }
}
