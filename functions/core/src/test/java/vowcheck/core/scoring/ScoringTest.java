package vowcheck.core.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.Application;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ShadowPointer.NoShadow;

class ScoringTest {

    private static final ClientName CLERKS = ClientName.CLERKS;
    private static final SubmittedApplication ONE = new SubmittedApplication(ModelFixtures.APPLICATION);
    private static final List<SubmittedApplication> APPLICATIONS = List.of(ONE);
    private static final SubmittedApplication OTHER =
            new SubmittedApplication(Application.of(FeatureSchema.CONTRACT, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    private static final RequestOrigin ORIGIN = origin("u.a-request", CLERKS, Purpose.APPLICATION);
    private static final RequestOrigin KEYED = keyed(CLERKS, Purpose.APPLICATION);

    private static final Duration REFRESH_AGE = Duration.ofSeconds(30);

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryPredictions log = new InMemoryPredictions();
    private final InMemoryPredictions queue = new InMemoryPredictions();
    private final MovableClock clock = new MovableClock();
    private final ShadowScoring shadows = new ShadowScoring(models, REFRESH_AGE, Runnable::run, clock);
    private final Scoring scoring =
            new Scoring(new CurrentModel(models, REFRESH_AGE, clock), shadows, log, queue, clock);

    @BeforeEach
    void aModelIsInProduction() {
        models.promote(ModelFixtures.constant("1", 0.25));
    }

    @Test
    void anAnsweredPredictionIsStored() {
        var scored = score();

        assertThat(scored.scored().getFirst().probability()).isCloseTo(0.25, within(1e-6));
        assertThat(scored.model()).hasValue(ModelFixtures.identity("1"));
        assertThat(scored.timestamp()).isEqualTo(clock.instant());
        assertThat(log.requests()).containsExactly(scored);
        assertThat(queue.requests()).isEmpty();
    }

    @Test
    void theShadowsScoreIsStoredAndTheModelInProductionAnswers() {
        models.publish(ModelFixtures.constant("2", 0.5));
        models.shadow(ModelFixtures.shadow("2"));

        var answer = scoring.score(ORIGIN, List.of(ONE, OTHER));

        assertThat(answer.shadow().state()).isEqualTo(ShadowRun.State.SCORED);
        assertThat(log.requests().getFirst().scored()).allSatisfy(scored -> {
            assertThat(scored.probability()).isCloseTo(0.25, within(1e-6));
            assertThat(scored.shadow()).isEqualTo(new ShadowScore(new ModelVersion("2"), 0.5));
        });
    }

    @Test
    void aShadowThatCannotBeUsedCostsItsScoreAndNothingElse() {
        models.publishUnusable("2");
        models.shadow(ModelFixtures.shadow("2"));

        var answer = scoring.score(ORIGIN, APPLICATIONS);

        assertThat(answer.shadow().state()).isEqualTo(ShadowRun.State.FAILED);
        assertThat(log.requests().getFirst().scored())
                .containsExactly(new ScoredApplication(
                        ONE, answer.request().scored().getFirst().probability()));
    }

    @Test
    void aSlowShadowCostsItsScoresAndNothingElse() {
        models.publish(ModelFixtures.constant("2", 0.5));
        models.shadow(ModelFixtures.shadow("2"));
        var looks = new AtomicInteger();
        var slow = new ShadowScoring(
                models,
                REFRESH_AGE,
                Runnable::run,
                () -> Instant.EPOCH.plus(Duration.ofMillis(15).multipliedBy(looks.getAndIncrement())));
        var slowed = new Scoring(new CurrentModel(models, REFRESH_AGE, clock), slow, log, queue, clock);

        var answer = slowed.score(ORIGIN, Collections.nCopies(100, ONE));

        assertThat(answer.shadow().state()).isEqualTo(ShadowRun.State.FAILED);
        assertAnsweredWithoutShadow(100);
    }

    @Test
    void aShadowWhoseBundleIsStillBeingReadCostsItsScoreAndNothingElse() {
        models.publish(ModelFixtures.constant("2", 0.5));
        models.shadow(ModelFixtures.shadow("2"));
        var reading = new ShadowScoring(models, REFRESH_AGE, _ -> {}, clock);

        var answer = new Scoring(new CurrentModel(models, REFRESH_AGE, clock), reading, log, queue, clock)
                .score(ORIGIN, APPLICATIONS);

        assertThat(answer.shadow().state()).isEqualTo(ShadowRun.State.LOADING);
        assertAnsweredWithoutShadow(1);
    }

    private void assertAnsweredWithoutShadow(int applications) {
        assertThat(log.requests().getFirst().scored()).hasSize(applications).allSatisfy(scored -> {
            assertThat(scored.probability()).isCloseTo(0.25, within(1e-6));
            assertThat(scored.shadow()).isNull();
        });
    }

    @Test
    void aRepeatedRequestGetsItsFirstAnswerAgainWhateverTheShadowIsNow() {
        models.publish(ModelFixtures.constant("2", 0.5));
        models.shadow(ModelFixtures.shadow("2"));
        var first = scoring.score(KEYED, APPLICATIONS);
        models.shadow(NoShadow.NONE);
        clock.pass(REFRESH_AGE.multipliedBy(2));

        assertThat(scoring.score(KEYED, APPLICATIONS)).isEqualTo(new Scoring.Answer(first.request(), true));
    }

    @Test
    void theQueueTakesPredictionsThatTheLogCannotStore() {
        log.reachable(false);

        var scored = score();

        assertThat(queue.requests()).containsExactly(scored);
    }

    @Test
    void nothingIsAnsweredWithoutLogAndQueue() {
        log.reachable(false);
        queue.reachable(false);

        assertThatThrownBy(this::score).isInstanceOf(PredictionsUnavailable.class);
    }

    @Test
    void theInstancesKeepTheirOrder() {
        var scored = scoring.score(ORIGIN, List.of(ONE, OTHER, ONE));

        assertThat(scored.request().submitted()).containsExactly(ONE, OTHER, ONE);
    }

    @Test
    void aRepeatedRequestGetsItsFirstAnswerAgain() {
        var first = scoring.score(KEYED, APPLICATIONS);
        models.promote(ModelFixtures.constant("2", 0.5));
        clock.pass(Duration.ofMinutes(1));

        var second = scoring.score(KEYED, APPLICATIONS);

        assertThat(first.replayed()).isFalse();
        assertThat(second).isEqualTo(new Scoring.Answer(first.request(), true));
        assertThat(log.requests()).hasSize(1);
    }

    @Test
    void aClientCannotUseAnIdAgainForOtherApplicationsOrAnotherPurpose() {
        scoring.score(KEYED, APPLICATIONS);

        assertThatThrownBy(() -> scoring.score(KEYED, List.of(OTHER))).isInstanceOf(RequestIdTaken.class);
        assertThatThrownBy(() -> scoring.score(KEYED, List.of(of("4711")))).isInstanceOf(RequestIdTaken.class);
        assertThatThrownBy(() -> scoring.score(keyed(CLERKS, Purpose.PROBE), APPLICATIONS))
                .isInstanceOf(RequestIdTaken.class);
        assertThat(log.requests()).hasSize(1);
    }

    @Test
    void aRequestOfWhichAPartWasErasedIsNotRepeated() {
        var loan = new LoanId("L-1");
        var applications = List.of(ONE, new SubmittedApplication(ModelFixtures.APPLICATION, loan));
        scoring.score(KEYED, applications);
        log.erase(loan);

        assertThatThrownBy(() -> scoring.score(KEYED, applications)).isInstanceOf(PredictionErased.class);
        assertThat(log.requests()).hasSize(1);
    }

    @Test
    void anErasedRequestIsNotScoredAgainUnderItsKey() {
        scoring.score(KEYED, APPLICATIONS);
        log.bury(CLERKS, KEYED.requestId());
        log.erase(CLERKS, KEYED.requestId());

        assertThatThrownBy(() -> scoring.score(KEYED, APPLICATIONS)).isInstanceOf(PredictionErased.class);
        assertThat(log.requests()).isEmpty();
    }

    @Test
    void twoClientsMayUseTheSameId() {
        var others = keyed(new ClientName("others"), Purpose.APPLICATION);
        scoring.score(KEYED, APPLICATIONS);

        var first = scoring.score(others, List.of(OTHER));
        var second = scoring.score(others, List.of(OTHER));

        assertThat(first.replayed()).isFalse();
        assertThat(second).isEqualTo(new Scoring.Answer(first.request(), true));
        assertThat(scoring.score(KEYED, APPLICATIONS).replayed()).isTrue();
        assertThat(log.requests()).hasSize(2);
    }

    @Test
    void aCallerWithoutAnApiKeyDoesNotGetTheAnswerOfAnother() {
        var origin = keyed(ClientName.UNKNOWN, Purpose.APPLICATION);
        scoring.score(origin, APPLICATIONS);

        assertThatThrownBy(() -> scoring.score(origin, APPLICATIONS)).isInstanceOf(RequestIdTaken.class);
    }

    @Test
    void aKeyedRequestIsNotAnsweredWhileTheLogIsOutOfReach() {
        log.reachable(false);

        assertThatThrownBy(() -> scoring.score(KEYED, APPLICATIONS)).isInstanceOf(PredictionsUnavailable.class);
        assertThat(queue.requests()).isEmpty();
    }

    @Test
    void aKeyedBatchThatTookTooLongIsAnsweredOnceTheQueueHasStoredIt() {
        var batch = List.of(OTHER, ONE);
        log.tooSlowFor(2);

        assertThatThrownBy(() -> scoring.score(KEYED, batch)).isInstanceOf(StoringTooSlow.class);
        models.promote(ModelFixtures.constant("2", 0.5));
        clock.pass(Duration.ofMinutes(1));
        assertThatThrownBy(() -> scoring.score(KEYED, batch)).isInstanceOf(StoringTooSlow.class);
        log.tooSlowFor(Integer.MAX_VALUE);
        queue.requests().forEach(log::append);

        assertThat(scoring.score(KEYED, batch))
                .isEqualTo(new Scoring.Answer(queue.requests().getFirst(), true));
        assertThat(log.requests()).hasSize(1);
        assertThatThrownBy(() -> scoring.score(KEYED, batch.reversed())).isInstanceOf(RequestIdTaken.class);
        assertThatThrownBy(() -> scoring.score(KEYED, batch.subList(0, 1))).isInstanceOf(RequestIdTaken.class);
    }

    @Test
    void aBatchWithoutKeyThatTookTooLongIsAnsweredByWayOfTheQueue() {
        log.tooSlowFor(2);

        var scored = scoring.score(ORIGIN, List.of(OTHER, OTHER)).request();

        assertThat(queue.requests()).containsExactly(scored);
    }

    @Test
    void aClientCannotUseAnIdAgainForAnotherLoan() {
        scoring.score(KEYED, List.of(of("4711")));

        assertThat(scoring.score(KEYED, List.of(of("4711"))).replayed()).isTrue();
        assertThatThrownBy(() -> scoring.score(KEYED, List.of(of("0815")))).isInstanceOf(RequestIdTaken.class);
        assertThatThrownBy(() -> scoring.score(KEYED, APPLICATIONS)).isInstanceOf(RequestIdTaken.class);
    }

    /// The application for that loan.
    private static SubmittedApplication of(String loanId) {
        return new SubmittedApplication(ONE.application(), new LoanId(loanId));
    }

    private ScoredRequest score() {
        return scoring.score(ORIGIN, APPLICATIONS).request();
    }

    /// An origin under an id that the client chose.
    private static RequestOrigin keyed(ClientName client, Purpose purpose) {
        return origin("a-request", client, purpose);
    }

    private static RequestOrigin origin(String requestId, ClientName client, Purpose purpose) {
        return new RequestOrigin(new RequestId(requestId), Endpoint.SINGLE, purpose, client);
    }
}
