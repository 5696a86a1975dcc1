package vowcheck.adapters.postgres;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.ScoredRequest;

/// A log that is left alone for a while once it did not answer: the first request pays for the wait, those that
/// follow are told at once, and one of them tries again when the while is over. The while doubles up to a minute.
public final class GuardedPredictionLog implements PredictionLog {

    private static final Duration FIRST_WHILE = Duration.ofSeconds(1);
    private static final Duration LONGEST_WHILE = Duration.ofMinutes(1);

    private final PredictionLog log;
    private final CircuitBreaker breaker;

    /// @param log what is guarded; only its [PredictionsUnavailable] says that it does not answer
    public GuardedPredictionLog(PredictionLog log, InstantSource clock) {
        this.log = log;
        this.breaker = CircuitBreaker.of(
                "prediction-log",
                CircuitBreakerConfig.custom()
                        // The log itself has tried a second connection where that could help: one failure is enough.
                        .slidingWindow(1, 1, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialRandomBackoff(FIRST_WHILE, 2, LONGEST_WHILE))
                        .recordExceptions(PredictionsUnavailable.class)
                        .writableStackTraceEnabled(false)
                        .clock(clock.withZone(ZoneOffset.UTC))
                        .build());
    }

    @Override
    public boolean append(ScoredRequest request) {
        return guarded(() -> log.append(request));
    }

    /// Is not guarded: a page that takes too long to read says nothing of storing.
    @Override
    public Optional<LoggedRequest> find(RequestId requestId, int from, int most) {
        return log.find(requestId, from, most);
    }

    private <T> T guarded(Supplier<T> call) {
        try {
            return breaker.executeSupplier(call);
        } catch (CallNotPermittedException e) {
            throw new PredictionsUnavailable("PostgreSQL did not answer a moment ago", e);
        }
    }
}
