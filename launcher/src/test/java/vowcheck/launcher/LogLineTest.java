package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.json.JsonDocument;

class LogLineTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00.123Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "START RequestId: 5f4c Version: 1",
                "END RequestId: 5f4c",
                "REPORT RequestId: 5f4c\tDuration: 3.1 ms",
                "INIT_START Runtime Version: java:25"
            })
    void whatLambdaLogsAboutEachInvocationIsLeftOut(String message) {
        assertThat(line(message).readable(Style.PLAIN)).isEmpty();
    }

    @Test
    void anEventHasItsTimeLevelMessageAndRequest() {
        var event = "{\"@timestamp\":\"x\",\"log.level\":\"WARN\",\"message\":\"slow\",\"request_id\":\"r-1\"}\n";

        assertThat(line(event).readable(Style.PLAIN)).contains("12:00:00.123  WARN  slow [r-1]");
    }

    @Test
    void anErrorHasItsStackTrace() {
        var event = "{\"log.level\":\"ERROR\",\"message\":\"failed\",\"error.stack_trace\":\"A: b\\n\\tat c\\n\"}";

        assertThat(line(event).readable(Style.PLAIN)).contains("12:00:00.123  ERROR failed\nA: b\n\tat c");
    }

    @Test
    void metricsAreNamedWithTheirValues() {
        var event = "{\"_aws\":{\"Timestamp\":1},\"endpoint\":\"single\",\"request_id\":\"r-1\",\"Latency\":17.5}";

        assertThat(line(event).readable(Style.PLAIN))
                .contains("12:00:00.123        endpoint=single request_id=r-1 Latency=17.5");
    }

    @Test
    void otherTextStaysAsItIs() {
        assertThat(line("Exception in thread main\n").readable(Style.PLAIN))
                .contains("12:00:00.123  Exception in thread main");
        assertThat(line("{\"a\":1}").readable(Style.PLAIN)).contains("12:00:00.123  {\"a\":1}");
        assertThat(line("{broken").readable(Style.PLAIN)).contains("12:00:00.123  {broken");
    }

    @Test
    void asJsonItHasItsTimeAndStream() {
        var json = JsonDocument.parse(line("START RequestId: 5f4c\n").json());

        assertThat(json.names()).containsExactly("time", "stream", "message");
        assertThat(json.text("time")).isEqualTo("2026-11-26T12:00:00.123Z");
        assertThat(json.text("stream")).isEqualTo("environment");
        assertThat(json.text("message")).isEqualTo("START RequestId: 5f4c");
    }

    private static LogLine line(String message) {
        return new LogLine(NOON, "environment", message);
    }
}
