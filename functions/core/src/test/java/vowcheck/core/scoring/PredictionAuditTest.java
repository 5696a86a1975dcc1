package vowcheck.core.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.model.UnusableModel;

class PredictionAuditTest {

    private static final ClientName CLERKS = ClientName.CLERKS;
    private static final ClientName OTHERS = new ClientName("others");
    private static final RequestId BATCH = new RequestId("a-batch");
    private static final RequestOrigin ORIGIN = new RequestOrigin(BATCH, Endpoint.BATCH, Purpose.APPLICATION, CLERKS);

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryPredictions log = new InMemoryPredictions();
    private final MovableClock clock = new MovableClock();
    private final CurrentModel currentModel = new CurrentModel(models, Duration.ofSeconds(30), clock);
    private final PredictionAudit audit = new PredictionAudit(log);

    @BeforeEach
    void aBatchWasScored() {
        models.promote(ModelFixtures.constant("1", 0.25));
        scored(ORIGIN, 1001);
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
        assertThatThrownBy(() -> audit.ofClient(OTHERS, BATCH, 0)).isInstanceOf(NoSuchPrediction.class);
        assertThatThrownBy(() -> audit.ofClient(CLERKS, new RequestId("nobodys"), 0))
                .isInstanceOf(NoSuchPrediction.class);
        assertThatThrownBy(() -> audit.ofClient(ClientName.UNKNOWN, BATCH, 0)).isInstanceOf(NoSuchPrediction.class);
    }

    @Test
    void anOperatorSeesTheRequestsOfAllClients() {
        assertThat(audit.ofAnyone(Optional.empty(), BATCH, 0).count()).isEqualTo(1001);
        assertThat(audit.ofAnyone(Optional.of(CLERKS), BATCH, 0).count()).isEqualTo(1001);
        assertThatThrownBy(() -> audit.ofAnyone(Optional.of(OTHERS), BATCH, 0)).isInstanceOf(NoSuchPrediction.class);
        assertThatThrownBy(() -> audit.ofAnyone(Optional.empty(), new RequestId("nobodys"), 0))
                .isInstanceOf(NoSuchPrediction.class);
    }

    @Test
    void eachClientSeesItsOwnRequestUnderAnIdThatTwoHaveChosen() {
        scoredOnceForOthers();

        assertThat(audit.ofClient(CLERKS, BATCH, 0).count()).isEqualTo(1001);
        assertThat(audit.ofClient(OTHERS, BATCH, 0).count()).isEqualTo(1);
    }

    @Test
    void anOperatorNamesTheClientOfAnIdThatTwoHaveChosen() {
        scoredOnceForOthers();

        assertThatThrownBy(() -> audit.ofAnyone(Optional.empty(), BATCH, 0))
                .isInstanceOf(AmbiguousRequestId.class)
                .hasMessage("requests of several clients have this id (clerks, others): add ?client= with one of them");
        assertThat(audit.ofAnyone(Optional.of(OTHERS), BATCH, 0).part().origin().client())
                .isEqualTo(OTHERS);
    }

    private void scoredOnceForOthers() {
        var origin = new RequestOrigin(BATCH, Endpoint.BATCH, Purpose.APPLICATION, OTHERS);
        scored(origin, 1);
    }

    private void scored(RequestOrigin origin, int instances) {
        new Scoring(currentModel, log, log, clock)
                .score(origin, Collections.nCopies(instances, new SubmittedApplication(ModelFixtures.APPLICATION)));
    }

    @Test
    void theModelThatScoredARequestIsFoundWhileAnotherServes() {
        models.promote(ModelFixtures.constant("2", 0.5));
        currentModel.newest();
        var answering = new AnsweringModels(currentModel, models);

        assertThat(answering.of(answeredBy("1")).probability(ModelFixtures.APPLICATION))
                .isLessThan(0.3);
        assertThat(answering.of(answeredBy("2"))).isSameAs(currentModel.model());

        models.reachable(false);
        assertThat(answering.of(answeredBy("1")).manifest().version().value()).isEqualTo("1");
        assertThatThrownBy(() -> answering.of(answeredBy("3"))).isInstanceOf(ModelStoreUnavailable.class);
    }

    @Test
    void theModelThatScoredARequestIsFoundWhileTheOneInProductionCannotBeUsed() {
        models.promoteUnusable("2");
        var withoutAModel = new CurrentModel(models, Duration.ofSeconds(30), clock);

        var answering = new AnsweringModels(withoutAModel, models);

        assertThat(answering.of(answeredBy("1")).identity()).isEqualTo(ModelFixtures.identity("1"));
    }

    @Test
    void aVersionThatTheRegistryGaveTwiceIsTwoModels() {
        var stored = audit.ofAnyone(Optional.empty(), BATCH, 0).part();
        models.promote(renumbered(ModelFixtures.constant("2", 0.5), "1"));
        currentModel.newest();

        var model = new AnsweringModels(currentModel, models).of(stored);

        assertThat(model.probability(ModelFixtures.APPLICATION))
                .isEqualTo(stored.scored().getFirst().probability());
    }

    @Test
    void aRowOfBeforeTheLogKnewTheModelIsExplainedByTheOnlyOneOfItsVersion() {
        var answering = new AnsweringModels(currentModel, models);
        assertThat(answering.of(hashless("1")).identity()).isEqualTo(ModelFixtures.identity("1"));

        models.promote(renumbered(ModelFixtures.constant("2", 0.5), "1"));
        var again = new AnsweringModels(currentModel, models);

        assertThatThrownBy(() -> again.of(hashless("1")))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("2 bundles have version 1, expected one");
    }

    private static ScoringModel renumbered(ScoringModel model, String version) {
        return new ScoringModel(model.manifest().as(new ModelVersion(version)), model.manifestHash(), model.trees());
    }

    private ScoredRequest answeredBy(String version) {
        return new ScoredRequest(ORIGIN, clock.instant(), ModelFixtures.identity(version), List.of());
    }

    private ScoredRequest hashless(String version) {
        return new ScoredRequest(ORIGIN, clock.instant(), new ModelVersion(version), null, List.of());
    }
}
