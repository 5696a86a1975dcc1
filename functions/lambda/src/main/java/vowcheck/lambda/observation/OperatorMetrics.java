package vowcheck.lambda.observation;

import java.time.InstantSource;

/// Writes a line of the log for each time that a person's name and password were checked, from which CloudWatch
/// makes a metric.
public final class OperatorMetrics {

    private final MetricLog log;
    private final InstantSource clock;

    public OperatorMetrics(MetricLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// A name and a password were checked.
    ///
    /// @param unreadable how many entries of the operators' secret could not be read
    public void checked(int unreadable) {
        log.line(clock.instant()).with(Metric.OPERATORS_UNREADABLE, unreadable).write();
    }
}
