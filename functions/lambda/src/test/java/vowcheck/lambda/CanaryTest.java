package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.scoring.Purpose;

/// The event by which a schedule tests the way of a prediction.
class CanaryTest {

    private static final String EVENT = Events.text("canary.json");

    private final ServiceInMemory service = new ServiceInMemory();

    @Test
    void aCanaryIsStoredAsAProbeOfNoClient() {
        service.models.promote(ModelFixtures.constant("7", 0.25));

        assertThat(new JsonMapper().readTree(canary()).get("probability").asDouble())
                .isCloseTo(0.25, within(1e-6));
        assertThat(service.log.requests()).singleElement().satisfies(stored -> {
            assertThat(stored.origin().purpose()).isEqualTo(Purpose.PROBE);
            assertThat(stored.origin().client()).isEqualTo(ClientName.UNKNOWN);
            assertThat(stored.scored().getFirst().submitted().application())
                    .isEqualTo(
                            ModelFixtures.constant("7", 0.25).manifest().smoke().application());
        });
    }

    @Test
    void aCanaryIsMeasuredButIsNoPrediction() {
        service.models.promote(ModelFixtures.constant("7", 0.25));

        canary();

        assertThat(lines()).noneMatch(line -> line.has("Predictions"));
        assertThat(lines()).filteredOn(line -> line.has("Latency")).hasSize(1);
        assertThat(lines())
                .filteredOn(line -> line.has("CanaryAnswered"))
                .singleElement()
                .satisfies(
                        line -> assertThat(line.get("CanaryAnswered").asInt()).isEqualTo(1));
    }

    @Test
    void aCanaryThatCannotBeStoredWaitsInTheQueueAndIsReported() {
        service.models.promote(ModelFixtures.constant("7", 0.25));
        service.log.reachable(false);

        canary();

        assertThat(service.queue.requests()).hasSize(1);
        assertThat(lines()).filteredOn(line -> line.has("Unlogged")).hasSize(1);
    }

    @Test
    void withoutAModelTheCanaryFailsAndMeasuresNothing() {
        assertThatThrownBy(this::canary).isInstanceOf(UnusableModel.class);

        assertThat(lines()).noneMatch(line -> line.has("CanaryAnswered"));
    }

    private String canary() {
        return Events.handled(service.handler, EVENT);
    }

    private List<JsonNode> lines() {
        return MetricLines.read(service.metricLines());
    }
}
