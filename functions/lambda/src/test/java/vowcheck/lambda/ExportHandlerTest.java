package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import vowcheck.core.export.ExportId;
import vowcheck.core.export.ExportRun;
import vowcheck.core.export.InMemoryExports;
import vowcheck.core.scoring.MovableClock;

class ExportHandlerTest {

    private static final String ID = "20250601T101530Z-0123456789abcdef";

    private final InMemoryExports exports = new InMemoryExports();
    private final ExportHandler handler =
            new ExportHandler(new ExportRun(exports, exports, exports, new MovableClock()));

    @Test
    void theSampleEventsFileIsWrittenAndRecorded() {
        exports.store(LocalDate.of(2025, 5, 31));

        var answer = Events.handled(handler, Events.text("export_handler.json"));

        assertThat(answer)
                .isEqualTo("{\"export_id\":\"%s\",\"status\":\"done\",\"rows\":1,\"bytes\":15}".formatted(ID));
        assertThat(exports.file(new ExportId(ID))).hasValue("day\n2025-05-31\n");
        assertThat(exports.records()).containsExactly("begun by ada for complaint 2025-17", "ended with 1 rows");
    }

    @Test
    void anotherEventIsRefused() {
        assertThatThrownBy(() -> Events.handled(handler, "{}")).isInstanceOf(IllegalArgumentException.class);
    }
}
