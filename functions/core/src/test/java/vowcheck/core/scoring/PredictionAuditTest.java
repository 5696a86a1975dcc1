package vowcheck.core.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;

class PredictionAuditTest {

    private static final ApiKeyId CLERKS = new ApiKeyId("clerks");
    private static final RequestId BATCH = new RequestId("a-batch");

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryPredictions log = new InMemoryPredictions();
    private final MovableClock clock = new MovableClock();
    private final CurrentModel currentModel = new CurrentModel(models, Duration.ofSeconds(30), clock);
    private final PredictionAudit audit = new PredictionAudit(log);

    @BeforeEach
    void aBatchWasScored() {
        models.promote(ModelFixtures.constant("1", 0.25));
        new Scoring(currentModel, log, log, clock)
                .score(
                        new RequestOrigin(BATCH, Endpoint.BATCH, Purpose.APPLICATION, CLERKS),
                        Collections.nCopies(1001, ModelFixtures.APPLICATION));
    }

    @Test
    void aRequestIsShownInParts() {
        var first = audit.ofClient(CLERKS, BATCH, 0);
        var last = audit.ofClient(CLERKS, BATCH, 1000);

        assertThat(first.part().scored()).hasSize(500);
        assertThat(first.hasNext()).isTrue();
        assertThat(first.end()).isEqualTo(500);
        assertThat(last.part().scored()).hasSize(1);
        assertThat(last.hasNext()).isFalse();
        assertThat(audit.ofClient(CLERKS, BATCH, 5000).hasNext()).isFalse();
    }

    @Test
    void anotherClientGetsTheSameAnswerAsForAnUnknownId() {
        assertThatThrownBy(() -> audit.ofClient(new ApiKeyId("others"), BATCH, 0))
                .isInstanceOf(NoSuchPrediction.class);
        assertThatThrownBy(() -> audit.ofClient(CLERKS, new RequestId("nobodys"), 0))
                .isInstanceOf(NoSuchPrediction.class);
        assertThatThrownBy(() -> audit.ofClient(ApiKeyId.UNKNOWN, BATCH, 0)).isInstanceOf(NoSuchPrediction.class);
    }

    @Test
    void anOperatorSeesTheRequestsOfAllClients() {
        assertThat(audit.ofAnyone(BATCH, 0).count()).isEqualTo(1001);
    }

    @Test
    void theModelThatScoredARequestIsFoundWhileAnotherServes() {
        models.promote(ModelFixtures.constant("2", 0.5));
        currentModel.newest();
        var answered = new ModelsByVersion(currentModel, models);

        assertThat(answered.of(new ModelVersion("1")).probability(ModelFixtures.APPLICATION))
                .isLessThan(0.3);
        assertThat(answered.of(new ModelVersion("2"))).isSameAs(currentModel.model());

        models.reachable(false);
        assertThat(answered.of(new ModelVersion("1")).manifest().version().value())
                .isEqualTo("1");
        assertThatThrownBy(() -> answered.of(new ModelVersion("3"))).isInstanceOf(ModelStoreUnavailable.class);
    }
}
