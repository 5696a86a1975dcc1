package vowcheck.adapters.postgres;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import vowcheck.core.clients.ClientName;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.LoggedLoan;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.StoringTooSlow;

/// A circuit breaker for a log: after a failure it refuses requests at once, without waiting for the log, and lets
/// one of them try again after a time that doubles from a second up to a minute. A time-out on many rows is not a
/// failure: it says nothing about the few of another request.
public final class GuardedPredictionLog implements PredictionLog {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final PredictionLog log;
    private final CircuitBreaker breaker;

    /// @param log the guarded log; only [PredictionsUnavailable] counts as a failure, and [StoringTooSlow] neither as a
    ///     failure nor as a success
    public GuardedPredictionLog(PredictionLog log, InstantSource clock) {
        this.log = log;
        this.breaker = CircuitBreaker.of(
                "prediction-log",
                CircuitBreakerConfig.custom()
                        // One failure is enough: the log itself has tried a second connection where that could help.
                        .slidingWindow(1, 1, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialRandomBackoff(FIRST_WAIT, 2, LONGEST_WAIT))
                        .recordExceptions(PredictionsUnavailable.class)
                        .ignoreExceptions(StoringTooSlow.class)
                        .writableStackTraceEnabled(false)
                        .clock(clock.withZone(ZoneOffset.UTC))
                        .build());
    }

    @Override
    public boolean append(ScoredRequest request) {
        return guarded(() -> log.append(request));
    }

    @Override
    public ScoredRequest appendLate(ScoredRequest request) {
        return guarded(() -> log.appendLate(request));
    }

    /// Is not guarded: it reads.
    @Override
    public boolean isErased(ClientName client, RequestId requestId) {
        return log.isErased(client, requestId);
    }

    /// Is not guarded, either.
    @Override
    public boolean isErased(RequestId requestId) {
        return log.isErased(requestId);
    }

    /// Is not guarded: that reading a page takes too long says nothing about storing.
    @Override
    public Optional<LoggedRequest> find(ClientName client, RequestId requestId, int from, int most) {
        return log.find(client, requestId, from, most);
    }

    /// Is not guarded, either.
    @Override
    public List<ClientName> clients(RequestId requestId) {
        return log.clients(requestId);
    }

    /// Is not guarded, either.
    @Override
    public LoggedLoan ofLoan(LoanId loanId, int from, int most) {
        return log.ofLoan(loanId, from, most);
    }

    private <T> T guarded(Supplier<T> call) {
        try {
            return breaker.executeSupplier(call);
        } catch (CallNotPermittedException e) {
            throw new PredictionsUnavailable("PostgreSQL did not answer a moment ago", e);
        }
    }
}
