package vowcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.adapters.json.JsonDocument;

/// Runs the whole bench with the least effort. Asserts that it works, and nothing about durations.
class BenchIT {

    @TempDir
    static Path folder;

    static Figures figures;

    @BeforeAll
    static void runQuickly() throws Exception {
        var bench = new Bench(
                Path.of("../functions/lambda/target/vowcheck-functions.zip"),
                Path.of("target/runtime-interface-client"),
                folder,
                phase -> {});
        figures = bench.run(Options.of(Arrays.asList("--quick", "--java", "-XX:TieredStopAtLevel=1")));
    }

    @Test
    void everythingIsMeasured() {
        assertThat(figures.values().keySet()).containsExactly(Measure.values());
        assertThat(figures.values().values()).allMatch(value -> value > 0);
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

        figures.print(lines::add, Optional.of(JsonDocument.parse(figures.json())));

        assertThat(lines).filteredOn(line -> line.endsWith(" 1.00")).hasSameSizeAs(Measure.values());
    }
}
