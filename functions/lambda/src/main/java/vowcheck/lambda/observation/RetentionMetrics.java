package vowcheck.lambda.observation;

import vowcheck.core.retention.RetentionReport;

/// Writes a line of the log for each run of the retention, from which CloudWatch makes metrics.
public final class RetentionMetrics {

    private final MetricLog log;

    public RetentionMetrics(MetricLog log) {
        this.log = log;
    }

    /// A run has ended.
    public void applied(RetentionReport report) {
        log.line(report.endedAt())
                .with("oldest_month", report.oldestMonth().toString())
                .with(Metric.ROWS_OUTSIDE_PARTITIONS, (double) report.rowsFoundOutside())
                .with(Metric.PARTITIONS_MADE, report.made().size())
                .with(Metric.PARTITIONS_DROPPED, report.dropped().size())
                .with(Metric.REQUESTS_DELETED, (double) report.requestsDeleted())
                .with(Metric.RETENTION_COMPLETE, report.complete() ? 1 : 0)
                .write();
    }
}
