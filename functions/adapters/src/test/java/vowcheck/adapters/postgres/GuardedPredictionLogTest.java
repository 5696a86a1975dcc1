package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.InMemoryPredictions;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.LoggedLoan;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.PredictionsRefused;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.StoringTooSlow;

class GuardedPredictionLogTest {

    private static final ScoredRequest REQUEST = new ScoredRequest(
            new RequestOrigin(new RequestId("r"), Endpoint.SINGLE, Purpose.APPLICATION, ClientName.CLERKS),
            Instant.EPOCH,
            ModelFixtures.identity("7"),
            List.of(new ScoredApplication(ModelFixtures.APPLICATION, 0.25)));

    private final InMemoryPredictions rows = new InMemoryPredictions();
    private final CountingLog log = new CountingLog(rows);
    private final MovableClock clock = new MovableClock();
    private final GuardedPredictionLog guarded = new GuardedPredictionLog(log, clock);

    @Test
    void afterAFailureTheLogIsNotAskedForATime() {
        rows.reachable(false);

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> guarded.append(REQUEST)).isInstanceOf(PredictionsUnavailable.class);
        }

        assertThat(log.calls).isEqualTo(1);
    }

    @Test
    void afterThatTimeTheLogIsTriedAndUsedAgain() {
        rows.reachable(false);
        assertThatThrownBy(() -> guarded.append(REQUEST)).isInstanceOf(PredictionsUnavailable.class);
        rows.reachable(true);

        clock.pass(Duration.ofSeconds(2));
        guarded.append(REQUEST);
        guarded.append(REQUEST);

        assertThat(log.calls).isEqualTo(3);
    }

    @Test
    void eachFailureDoublesTheTimeUpToAMinute() {
        rows.reachable(false);
        for (int second = 0; second < 3600; second++) {
            assertThatThrownBy(() -> guarded.append(REQUEST)).isInstanceOf(PredictionsUnavailable.class);
            clock.pass(Duration.ofSeconds(1));
        }

        assertThat(log.calls).isBetween(3600 / 120, 3600 / 25);
    }

    @Test
    void refusedRowsAreNoOutage() {
        rows.refuse(REQUEST.requestId());

        assertThatThrownBy(() -> guarded.append(REQUEST)).isInstanceOf(PredictionsRefused.class);
        assertThatThrownBy(() -> guarded.append(REQUEST)).isInstanceOf(PredictionsRefused.class);

        assertThat(log.calls).isEqualTo(2);
    }

    @Test
    void manyRowsThatTakeTooLongAreNoOutage() {
        rows.tooSlowFor(2);
        var scored = REQUEST.scored().getFirst();
        var batch = REQUEST.part(List.of(scored, scored));
        assertThatThrownBy(() -> guarded.append(batch)).isInstanceOf(StoringTooSlow.class);

        assertThat(guarded.append(REQUEST)).isTrue();
    }

    /// Whether the log is well again remains to be seen.
    @Test
    void afterAnOutageManyRowsThatTakeTooLongNeitherEndNorProlongTheTime() {
        rows.reachable(false);
        assertThatThrownBy(() -> guarded.append(REQUEST)).isInstanceOf(PredictionsUnavailable.class);
        rows.reachable(true);
        rows.tooSlowFor(1);
        clock.pass(Duration.ofSeconds(2));
        assertThatThrownBy(() -> guarded.append(REQUEST)).isInstanceOf(StoringTooSlow.class);
        rows.tooSlowFor(2);

        assertThat(guarded.append(REQUEST)).isTrue();
    }

    private static final class CountingLog implements PredictionLog {

        private final PredictionLog log;
        int calls;

        CountingLog(PredictionLog log) {
            this.log = log;
        }

        @Override
        public boolean append(ScoredRequest request) {
            calls++;
            return log.append(request);
        }

        @Override
        public ScoredRequest appendLate(ScoredRequest request) {
            calls++;
            return log.appendLate(request);
        }

        @Override
        public boolean isErased(ClientName client, RequestId requestId) {
            calls++;
            return log.isErased(client, requestId);
        }

        @Override
        public boolean isErased(RequestId requestId) {
            calls++;
            return log.isErased(requestId);
        }

        @Override
        public Optional<LoggedRequest> find(ClientName client, RequestId requestId, int from, int most) {
            calls++;
            return log.find(client, requestId, from, most);
        }

        @Override
        public List<ClientName> clients(RequestId requestId) {
            calls++;
            return log.clients(requestId);
        }

        @Override
        public LoggedLoan ofLoan(LoanId loanId, int from, int most) {
            calls++;
            return log.ofLoan(loanId, from, most);
        }
    }
}
