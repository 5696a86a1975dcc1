package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.drift.DriftCheck;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.core.drift.InMemoryDrift;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.scoring.MovableClock;

class DriftHandlerTest {

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryDrift drift = new InMemoryDrift();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final DriftHandler handler = new DriftHandler(
            new DriftCheck(models, drift, drift, drift, new DriftPolicy(0.05, 10), new MovableClock()),
            new PrintStream(log, true, StandardCharsets.UTF_8));

    @Test
    void theSampleEventIsAnsweredWithAReportAndOneLineOfMetrics() {
        models.promote(ModelFixtures.constant("7", 0.25));
        drift.log(ModelFixtures.APPLICATION, 10);

        var report = JsonDocument.parse(Events.handled(handler, Events.text("drift_handler.json")));

        assertThat(report.text("verdict")).isEqualTo("drifted");
        assertThat(report.text("model_version")).isEqualTo("7");
        assertThat(report.integer("rows")).isEqualTo(10);
        assertThat(report.document("psi").number("Age_Days")).isGreaterThan(1);
        var metrics = JsonDocument.parse(log.toString(StandardCharsets.UTF_8));
        assertThat(metrics.number("psi_Age_Days"))
                .isEqualTo(report.document("psi").number("Age_Days"));
        assertThat(metrics.document("_aws")
                        .documents("CloudWatchMetrics")
                        .getFirst()
                        .documents("Metrics"))
                .hasSize(11);
    }

    @Test
    void anEmptyEventWillDo() {
        models.promote(ModelFixtures.constant("7", 0.25));

        assertThat(Events.handled(handler, "{}")).contains("\"verdict\":\"too_few_rows\"");
    }
}
