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

    @Test
    void aLoansPredictionsAreFoundOfAllClientsTheNewestFirst() {
        var loan = new LoanId("4711");
        var one = new SubmittedApplication(ModelFixtures.APPLICATION, loan);
        var other = new SubmittedApplication(ModelFixtures.APPLICATION, new LoanId("4712"));
        var later = new RequestOrigin(new RequestId("later"), Endpoint.BATCH, Purpose.PROBE, OTHERS);
        var first = scoring().score(withId("first"), List.of(one)).request();
        clock.pass(Duration.ofMinutes(1));
        var second = scoring().score(later, List.of(other, one, one)).request();

        assertThat(audit.ofLoan(loan, 0))
                .isEqualTo(new LoggedLoan(
                        List.of(prediction(second, 1), prediction(second, 2), prediction(first, 0)), 0, 3));
        assertThat(audit.ofLoan(loan, 2)).isEqualTo(new LoggedLoan(List.of(prediction(first, 0)), 2, 3));
        assertThat(audit.ofLoan(new LoanId("nobodys"), 0)).isEqualTo(new LoggedLoan(List.of(), 0, 0));
    }

    @Test
    void aLoansManyPredictionsAreFoundInParts() {
        var one = new SubmittedApplication(ModelFixtures.APPLICATION, new LoanId("4711"));
        scoring().score(withId("many"), Collections.nCopies(501, one));

        var first = audit.ofLoan(new LoanId("4711"), 0);
        var last = audit.ofLoan(new LoanId("4711"), first.end());

        assertThat(first.part()).hasSize(500);
        assertThat(first.hasNext()).isTrue();
        assertThat(last.part()).hasSize(1);
        assertThat(last.hasNext()).isFalse();
        assertThat(audit.ofLoan(new LoanId("4711"), 502).hasNext()).isFalse();
    }

    private static RequestOrigin withId(String id) {
        return new RequestOrigin(new RequestId(id), Endpoint.BATCH, Purpose.APPLICATION, CLERKS);
    }

    private static LoggedPrediction prediction(ScoredRequest request, int instance) {
        return new LoggedPrediction(
                request.origin(),
                instance,
                request.timestamp(),
                request.modelVersion(),
                request.scored().get(instance).probability());
    }

    private Scoring scoring() {
        return new Scoring(
                currentModel, new ShadowScoring(models, Duration.ofSeconds(30), Runnable::run, clock), log, log, clock);
    }

    private void scored(RequestOrigin origin, int instances) {
        scoring().score(origin, Collections.nCopies(instances, new SubmittedApplication(ModelFixtures.APPLICATION)));
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
