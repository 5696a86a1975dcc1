package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import vowcheck.core.retention.InMemoryPartitions;
import vowcheck.core.retention.Retention;
import vowcheck.core.retention.RetentionPeriod;
import vowcheck.core.scoring.MovableClock;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.RetentionMetrics;

/// It is 1 June 2025.
class RetentionHandlerTest {

    private final MovableClock clock = new MovableClock();
    private final InMemoryPartitions partitions = new InMemoryPartitions(clock);
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final RetentionHandler handler = new RetentionHandler(
            new Retention(partitions, new RetentionPeriod(6), clock),
            new RetentionMetrics(new MetricLog("test", new PrintStream(log, true, StandardCharsets.UTF_8))));

    @Test
    void theSampleEventIsAnsweredWithWhatWasDoneAndOneLineOfMetrics() {
        partitions.store(YearMonth.of(2025, 5));
        partitions.store(YearMonth.of(2024, 1));
        partitions.lock(YearMonth.of(2025, 9));

        assertThat(Events.handled(handler, Events.text("retention_handler.json")))
                .isEqualTo("""
                {"oldest_month":"2024-11",\
                "partitions_made":["2024-01","2025-05","2025-06","2025-07","2025-08"],\
                "partitions_dropped":["2024-01"],"postponed":["2025-09"],\
                "rows_found_outside":2,"rows_left_outside":0,"requests_deleted":1,"complete":false}""");

        var line = onlyLine();
        assertThat(line.get("oldest_month").asString()).isEqualTo("2024-11");
        assertThat(line.get("RowsOutsidePartitions").asInt()).isEqualTo(2);
        assertThat(line.get("PartitionsMade").asInt()).isEqualTo(5);
        assertThat(line.get("PartitionsDropped").asInt()).isEqualTo(1);
        assertThat(line.get("RequestsDeleted").asInt()).isEqualTo(1);
        assertThat(line.get("RetentionComplete").asInt()).isZero();
        assertThat(line.get("stage").asString()).isEqualTo("test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[]"})
    void theEventMayBeAnything(String event) {
        assertThat(Events.handled(handler, event)).contains("\"complete\":true");
        assertThat(onlyLine().get("RetentionComplete").asInt()).isEqualTo(1);
    }

    private JsonNode onlyLine() {
        var lines =
                MetricLines.read(log.toString(StandardCharsets.UTF_8).lines().toList());
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }
}
