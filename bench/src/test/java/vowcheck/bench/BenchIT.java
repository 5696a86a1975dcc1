package vowcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.adapters.json.JsonDocument;

/// Runs the whole bench with the least effort. Asserts that it works, and nothing about durations.
class BenchIT {

    /// Where so little is measured, a training may end before the heap is collected, one of two times that differ by a
    /// share may be as long as the other, and a
    /// processor time be shorter than Linux's step of 10 ms.
    private static final Set<Measure> MAYBE_NOTHING = EnumSet.of(
            Measure.OWN_1,
            Measure.OWN_1001,
            Measure.OWN_10000,
            Measure.PREDICTION_CPU,
            Measure.PREDICTION_SERVER_CPU,
            Measure.BATCH_1001_CPU,
            Measure.BATCH_1001_SERVER_CPU,
            Measure.BATCH_10000_CPU,
            Measure.BATCH_10000_SERVER_CPU,
            Measure.EIGHT_CPU,
            Measure.EIGHT_SERVER_CPU,
            Measure.EIGHT_PROCESSORS,
            Measure.HEAP_A_ROW_ROWS_200K,
            Measure.HEAP_A_ROW_ROWS_2M,
            Measure.MEMORY_A_ROW);

    @TempDir
    static Path folder;

    static Figures figures;

    @BeforeAll
    static void runQuickly() throws Exception {
        var bench = new Bench(
                Path.of("../functions/lambda/target/vowcheck-functions.zip"),
                Path.of("target/runtime-interface-client"),
                folder);
        var findings = new Findings(_ -> {});
        bench.run(
                Options.of(Arrays.asList(
                        "serving", "cold", "micro", "training", "--quick", "--java", "-XX:TieredStopAtLevel=1")),
                findings);
        figures = findings.figures();
    }

    @Test
    void everythingIsMeasured() {
        assertThat(figures.values().keySet()).containsExactlyElementsOf(measured());
        assertThat(figures.values()).allSatisfy((measure, value) -> {
            assertThat(value).as(measure.title()).isFinite();
            if (!MAYBE_NOTHING.contains(measure)) {
                assertThat(value).as(measure.title()).isPositive();
            }
        });
    }

    /// Everything but what only `--large` measures.
    private static Set<Measure> measured() {
        var measured = EnumSet.allOf(Measure.class);
        measured.removeIf(measure -> measure.name().endsWith(TrainingRows.ROWS_10M.name()));
        return measured;
    }

    @Test
    void everyCallIsAnsweredAndStored() {
        assertThat(figures.refusals()).isEmpty();
    }

    @Test
    void theDatabaseIsDurable() {
        assertThat(figures.surroundings())
                .containsEntry("fsync", "on")
                .containsEntry("synchronous_commit", "on")
                .containsEntry("full_page_writes", "on");
    }

    @Test
    void figuresAreComparedWithAFormerRun() {
        var lines = new ArrayList<String>();

        figures.print(lines::add, Optional.of(Figures.read(JsonDocument.parse(figures.json()))));

        assertThat(lines)
                .filteredOn(line -> line.endsWith(" 1.00"))
                .hasSizeGreaterThanOrEqualTo(measured().size() - MAYBE_NOTHING.size());
    }
}
