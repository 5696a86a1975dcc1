package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.drift.DriftCheck;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.core.drift.InMemoryDrift;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.scoring.MovableClock;
import vowcheck.lambda.observation.DriftMetrics;
import vowcheck.lambda.observation.MetricLog;

class DriftHandlerTest {

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryDrift drift = new InMemoryDrift();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final DriftHandler handler = new DriftHandler(
            new DriftCheck(models, drift, drift, drift, new DriftPolicy(0.05, 10), new MovableClock()),
            new DriftMetrics(new MetricLog("test", new PrintStream(log, true, StandardCharsets.UTF_8))));

    @Test
    void theSampleEventIsAnsweredWithAReportAndOneLineOfMetrics() {
        models.promote(ModelFixtures.constant("7", 0.25));
        drift.log(ModelFixtures.APPLICATION, 10);

        var report = JsonDocument.parse(Events.handled(handler, Events.text("drift_handler.json")));

        assertThat(report.text("verdict")).isEqualTo("drifted");
        assertThat(report.text("model_version")).isEqualTo("7");
        assertThat(report.integer("rows")).isEqualTo(10);
        assertThat(drift.schedules()).containsExactly(Optional.of(Instant.parse("2025-06-01T00:00:00Z")));
        assertThat(report.document("psi").number("Age_Days")).isGreaterThan(1);
        var metrics = MetricLines.read(
                        log.toString(StandardCharsets.UTF_8).lines().toList())
                .getFirst();
        assertThat(metrics.get("psi_Age_Days").asDouble())
                .isEqualTo(report.document("psi").number("Age_Days"));
        var directive = metrics.at("/_aws/CloudWatchMetrics/0");
        assertThat(directive.get("Metrics")).hasSize(11);
        assertThat(directive.at("/Dimensions/0/0").asString()).isEqualTo("stage");
        assertThat(metrics.get("stage").asString()).isEqualTo("test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[]", "{\"time\":\"soon\"}", "{\"time\":7}"})
    void theEventMayBeAnything(String event) {
        models.promote(ModelFixtures.constant("7", 0.25));
        drift.log(ModelFixtures.APPLICATION, 10);

        assertThat(Events.handled(handler, event)).contains("\"verdict\":\"drifted\"");
        assertThat(drift.schedules()).containsExactly(Optional.empty());
    }
}
