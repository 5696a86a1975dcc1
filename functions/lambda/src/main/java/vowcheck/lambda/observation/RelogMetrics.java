package vowcheck.lambda.observation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import vowcheck.core.scoring.ReloggedBatch;
import vowcheck.core.scoring.ScoredRequest;

/// Writes a line of the log for each batch of the queue's messages, from which CloudWatch makes metrics.
public final class RelogMetrics {

    private final MetricLog log;
    private final InstantSource clock;

    public RelogMetrics(MetricLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// A batch is done.
    public void relogged(ReloggedBatch batch) {
        var now = clock.instant();
        var line = log.line(now)
                .with(Metric.RELOGGED, rows(batch))
                .with(Metric.POSTPONED, batch.postponed().size())
                .with(Metric.DEAD_LETTERED, batch.deadLetters());
        batch.stored().stream()
                .map(ScoredRequest::timestamp)
                .min(Instant::compareTo)
                .ifPresent(oldest -> line.with(
                        Metric.RELOG_DELAY, Duration.between(oldest, now).toMillis() / 1e3));
        line.write();
    }

    private static int rows(ReloggedBatch batch) {
        return batch.stored().stream()
                .mapToInt(request -> request.scored().size())
                .sum();
    }
}
