package vowcheck.lambda.observation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import vowcheck.adapters.sqs.Relogged;
import vowcheck.core.scoring.ScoredRequest;

/// Writes what became of the queue's messages as lines of the log, from which CloudWatch makes metrics: one
/// for each batch.
public final class RelogMetrics {

    private final MetricLog log;
    private final InstantSource clock;

    public RelogMetrics(MetricLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// A batch is done.
    public void relogged(Relogged batch) {
        var now = clock.instant();
        var line = log.line(now)
                .with(Metric.RELOGGED, rows(batch))
                .with(Metric.POSTPONED, batch.staying().size())
                .with(Metric.DEAD_LETTERED, batch.deadLetters());
        batch.stored().stream()
                .map(ScoredRequest::timestamp)
                .min(Instant::compareTo)
                .ifPresent(oldest -> line.with(
                        Metric.RELOG_DELAY, Duration.between(oldest, now).toMillis() / 1e3));
        line.write();
    }

    private static int rows(Relogged batch) {
        return batch.stored().stream()
                .mapToInt(request -> request.scored().size())
                .sum();
    }
}
