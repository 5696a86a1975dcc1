package vowcheck.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.scoring.MovableClock;

/// It is 1 June 2025.
class PredictionExportsTest {

    private static final LocalDate MAY = LocalDate.of(2025, 5, 1);
    private static final LocalDate TODAY = LocalDate.of(2025, 6, 1);

    private final MovableClock clock = new MovableClock();
    private final InMemoryExports memory = new InMemoryExports();
    private final PredictionExports exports = new PredictionExports(memory, memory, clock, new Random(42));
    private final ExportRun run = new ExportRun(memory, memory, memory, clock);

    @Test
    void anExportRunsUntilItsFileIsComplete() {
        memory.store(MAY.minusDays(1));
        memory.store(MAY);
        memory.store(TODAY);

        var id = ordered(MAY, TODAY);
        assertThat(exports.state(id)).isEqualTo(new ExportState.Running(clock.instant()));
        run.run(memory.ordered().getFirst());

        assertThat(exports.state(id)).isEqualTo(new ExportState.Done(2, 26));
        assertThat(memory.file(id)).hasValue("day\n2025-05-01\n2025-06-01\n");
        assertThat(memory.records()).containsExactly("begun by ada for a complaint", "ended with 2 rows");
    }

    @Test
    void daysWithoutRowsGiveAFileWithItsHeader() {
        var id = ordered(MAY, MAY);
        run.run(memory.ordered().getFirst());

        assertThat(exports.state(id)).isEqualTo(new ExportState.Done(0, 4));
        assertThat(memory.file(id)).hasValue("day\n");
    }

    @Test
    void anExportWhoseRowsCannotBeReadHasFailedAndIsOnRecordAsBegun() {
        memory.reachable(false);

        var id = ordered(MAY, TODAY);
        run.run(memory.ordered().getFirst());

        assertThat(exports.state(id)).isEqualTo(new ExportState.Failed("PostgreSQL did not answer"));
        assertThat(memory.file(id)).isEmpty();
        assertThat(memory.records()).containsExactly("begun by ada for a complaint");
    }

    @Test
    void aTaskThatDoesNotStartIsReported() {
        memory.refuseTasks();

        assertThatThrownBy(() -> ordered(MAY, TODAY)).isInstanceOf(ExportUnavailable.class);
    }

    @Test
    void anExportThatWasKilledHasFailedOnceItsTimeIsOver() {
        var id = ordered(MAY, TODAY);

        clock.pass(Duration.ofMinutes(16));
        assertThat(exports.state(id)).isInstanceOf(ExportState.Running.class);
        clock.pass(Duration.ofSeconds(1));

        assertThat(exports.state(id)).isInstanceOf(ExportState.Failed.class);
    }

    @Test
    void aLinkIsValidForAQuarterOfAnHour() {
        var id = ordered(MAY, MAY);

        var link = exports.link(id);

        assertThat(link.url()).endsWith("seconds=900");
        assertThat(link.validUntil()).isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
    }

    @Test
    void anUnknownExportIsNone() {
        assertThatThrownBy(() -> exports.state(new ExportId("20250601T000000Z-0123456789abcdef")))
                .isInstanceOf(NoSuchExport.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2025-05-02|2025-05-01|to is 2025-05-01, expected a day from 2025-05-02 (from) on",
                "2025-05-02|2025-06-02|to is 2025-06-02, expected no day after 2025-06-01, today in UTC",
                "2024-05-31|2025-06-01|from 2024-05-31 to 2025-06-01 are more than 366 days: export them in parts",
            })
    void otherDaysAreRefused(LocalDate from, LocalDate to, String sentence) {
        assertThatThrownBy(() -> ordered(from, to))
                .isInstanceOf(InvalidExport.class)
                .hasMessage(sentence);
        assertThat(memory.ordered()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines"})
    void otherReasonsAreRefused(String reason) {
        assertThatThrownBy(() -> exports.order(new ExportRange(MAY, MAY), "ada", Optional.of(reason)))
                .isInstanceOf(InvalidExport.class);
    }

    @Test
    void aReasonHasALimit() {
        assertThatThrownBy(() -> exports.order(new ExportRange(MAY, MAY), "ada", Optional.of("x".repeat(201))))
                .isInstanceOf(InvalidExport.class)
                .hasMessage("reason is refused, expected one line of 1 to 200 characters");
    }

    private ExportId ordered(LocalDate from, LocalDate to) {
        return exports.order(new ExportRange(from, to), "ada", Optional.of("a complaint"));
    }
}
