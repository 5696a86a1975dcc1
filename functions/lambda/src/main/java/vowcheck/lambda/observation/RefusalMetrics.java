package vowcheck.lambda.observation;

import java.time.InstantSource;
import vowcheck.core.scoring.RequestId;

/// Writes a line of the log for each request that is answered with a problem, from which CloudWatch makes a metric.
public final class RefusalMetrics {

    private final MetricLog log;
    private final InstantSource clock;

    public RefusalMetrics(MetricLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// A request was answered with a problem.
    ///
    /// @param reason one of a few words
    public void refused(RequestId requestId, String reason) {
        line(log.line(clock.instant()), requestId, reason).write();
    }

    static MetricLine line(MetricLine line, RequestId requestId, String reason) {
        return line.with(LogContext.REQUEST_ID, requestId.value())
                .with("reason", reason)
                .with(Metric.REFUSED, 1);
    }
}
