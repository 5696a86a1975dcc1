package vowcheck.core.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;

class ScoringTest {

    private static final RequestId REQUEST = new RequestId("a-request");

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryPredictions log = new InMemoryPredictions();
    private final InMemoryPredictions queue = new InMemoryPredictions();
    private final MovableClock clock = new MovableClock();
    private final Scoring scoring =
            new Scoring(new CurrentModel(models, Duration.ofSeconds(30), clock), log, queue, clock);

    @BeforeEach
    void aModelIsInProduction() {
        models.promote(ModelFixtures.constant("1", 0.25));
    }

    @Test
    void whatIsAnsweredWasLogged() {
        var scored = score();

        assertThat(scored.applications().getFirst().probability()).isCloseTo(0.25, within(1e-6));
        assertThat(scored.modelVersion()).isEqualTo(new ModelVersion("1"));
        assertThat(scored.timestamp()).isEqualTo(clock.instant());
        assertThat(log.requests()).containsExactly(scored);
        assertThat(queue.requests()).isEmpty();
    }

    @Test
    void theQueueTakesWhatTheLogCannot() {
        log.reachable(false);

        var scored = score();

        assertThat(queue.requests()).containsExactly(scored);
    }

    @Test
    void nothingIsAnsweredThatNeitherTakes() {
        log.reachable(false);
        queue.reachable(false);

        assertThatThrownBy(this::score).isInstanceOf(PredictionsNotStored.class);
    }

    @Test
    void theInstancesKeepTheirOrder() {
        var application = ModelFixtures.APPLICATION;

        var scored = scoring.score(REQUEST, Endpoint.BATCH, List.of(application, application, application));

        assertThat(scored.applications())
                .hasSize(3)
                .allMatch(one -> one.application().equals(application));
    }

    private ScoredRequest score() {
        return scoring.score(REQUEST, Endpoint.SINGLE, List.of(ModelFixtures.APPLICATION));
    }
}
