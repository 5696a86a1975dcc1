package vowcheck.core.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.InMemoryPredictions;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.scoring.PredictionAudit;
import vowcheck.core.scoring.PredictionErased;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.SubmittedApplication;

class ErasureTest {

    private static final ClientName CLERKS = ClientName.CLERKS;
    private static final LoanId LOAN = new LoanId("L-1");
    private static final RequestId BATCH = new RequestId("u.batch");
    private static final RequestId SINGLE = new RequestId("u.single");
    private static final ErasureSubject OF_LOAN = new ErasureSubject.OfLoan(LOAN);
    private static final ErasureSubject OF_BATCH = new ErasureSubject.OfRequest(CLERKS, BATCH);

    private final MovableClock clock = new MovableClock();
    private final InMemoryPredictions log = new InMemoryPredictions();
    private final InMemoryPersonalRows rows = new InMemoryPersonalRows(log);
    private final InMemoryUnloggedObjects objects = new InMemoryUnloggedObjects();
    private final Erasure erasure = new Erasure(rows, objects, clock);
    private final PredictionAudit audit = new PredictionAudit(log);

    @Test
    void theRowsOfALoanAreErasedAndTheOthersOfItsBatchStay() {
        log.append(request(BATCH, null, "L-1", "L-2"));
        log.append(request(SINGLE, "L-1"));
        rows.label(LOAN, 1);

        var result = erasure.erase(order(OF_LOAN));

        assertThat(result.erased()).isEqualTo(new ErasedCounts(2, 0, 1, 0));
        var batch = audit.ofClient(CLERKS, BATCH, 0);
        assertThat(batch.instances()).containsExactly(0, 2);
        assertThat(batch.count()).isEqualTo(3);
        assertThat(batch.erased()).isEqualTo(1);
        assertThatThrownBy(() -> audit.ofClient(CLERKS, SINGLE, 0)).isInstanceOf(PredictionErased.class);
    }

    @Test
    void aWholeRequestIsErasedWithItsObjects() {
        log.append(request(BATCH, "L-1", "L-2"));
        objects.put(CLERKS, BATCH);
        objects.put(CLERKS, SINGLE);

        var result = erasure.erase(order(OF_BATCH));

        assertThat(result.erased()).isEqualTo(new ErasedCounts(2, 1, 0, 1));
        assertThat(objects.waiting()).isEqualTo(1);
        assertThat(log.requests()).isEmpty();
        assertThatThrownBy(() -> audit.ofClient(CLERKS, BATCH, 0)).isInstanceOf(PredictionErased.class);
        assertThatThrownBy(() -> audit.ofAnyone(Optional.empty(), BATCH, 0)).isInstanceOf(PredictionErased.class);
    }

    @Test
    void whoAsksWithoutAClientIsShownTheRequestOfTheOnlyOneThatIsLeft() {
        var others = new ClientName("others");
        var request = request(BATCH, "L-1");
        var origin = new RequestOrigin(BATCH, Endpoint.BATCH, Purpose.APPLICATION, others);
        log.append(request);
        log.append(new ScoredRequest(origin, clock.instant(), ModelFixtures.identity("7"), request.scored()));

        erasure.erase(order(OF_BATCH));

        assertThat(audit.ofAnyone(Optional.empty(), BATCH, 0).part().origin().client())
                .isEqualTo(others);
    }

    @Test
    void theRecordSaysWhoErasedWhenAndWhy() {
        var order = order(OF_LOAN);

        erasure.erase(order);

        assertThat(rows.records())
                .containsExactly(
                        new InMemoryPersonalRows.Recorded(order, clock.instant(), new ErasedCounts(0, 0, 0, 0)));
    }

    @Test
    void erasingAgainFindsNothingAndIsRecordedAgain() {
        log.append(request(SINGLE, "L-1"));
        erasure.erase(order(OF_LOAN));

        var again = erasure.erase(order(OF_LOAN));

        assertThat(again.erased()).isEqualTo(new ErasedCounts(0, 0, 0, 0));
        assertThat(rows.records()).hasSize(2);
    }

    @Test
    void whileTheDatabaseIsDownNothingIsErased() {
        log.append(request(BATCH, "L-1"));
        objects.put(CLERKS, BATCH);
        log.reachable(false);

        assertThatThrownBy(() -> erasure.erase(order(OF_BATCH))).isInstanceOf(PredictionsUnavailable.class);

        assertThat(objects.waiting()).isEqualTo(1);
        assertThat(rows.records()).isEmpty();
    }

    /// The bucket's failure stands for any between the first step and the last.
    @Test
    void aRepetitionCompletesWhatAFailureHasInterrupted() {
        log.append(request(BATCH, "L-1"));
        objects.put(CLERKS, BATCH);
        objects.reachable(false);
        assertThatThrownBy(() -> erasure.erase(order(OF_BATCH))).isInstanceOf(PredictionsUnavailable.class);
        assertThat(rows.records()).isEmpty();
        objects.reachable(true);

        assertThat(erasure.erase(order(OF_BATCH)).erased()).isEqualTo(new ErasedCounts(1, 1, 0, 1));
    }

    @Test
    void aNewApplicationForAnErasedLoanIsStored() {
        erasure.erase(order(OF_LOAN));
        clock.pass(Duration.ofSeconds(1));
        var later = request(SINGLE, "L-1");

        assertThat(log.appendLate(later)).isEqualTo(later);
        assertThat(audit.ofClient(CLERKS, SINGLE, 0).erased()).isZero();
    }

    @Test
    void theOnesThatMayHoldRowsOfALoanAreCounted() {
        objects.put(CLERKS, BATCH);

        assertThat(erasure.erase(order(OF_LOAN)).waitingObjects()).isEqualTo(1);
        assertThat(objects.waiting()).isEqualTo(1);
    }

    private static ErasureOrder order(ErasureSubject subject) {
        return new ErasureOrder(subject, new ErasureReason("case 17/2026"), "ada");
    }

    private ScoredRequest request(RequestId id, @Nullable String... loans) {
        return new ScoredRequest(
                new RequestOrigin(id, Endpoint.BATCH, Purpose.APPLICATION, CLERKS),
                clock.instant(),
                ModelFixtures.identity("7"),
                Stream.of(loans).map(ErasureTest::scored).toList());
    }

    private static ScoredApplication scored(@Nullable String loan) {
        var submitted = new SubmittedApplication(ModelFixtures.APPLICATION, loan == null ? null : new LoanId(loan));
        return new ScoredApplication(submitted, 0.25);
    }
}
