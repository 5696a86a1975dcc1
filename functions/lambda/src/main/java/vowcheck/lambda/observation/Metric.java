package vowcheck.lambda.observation;

import java.util.List;

/// The metrics of the functions, but for those of drift ([DriftMetrics]).
public enum Metric {
    /// Applications that were scored and answered; repeated answers do not count.
    PREDICTIONS("Predictions", "Count", "stage", "endpoint"),
    /// Milliseconds from a scored request's event to its answer.
    LATENCY("Latency", "Milliseconds", "stage", "endpoint"),
    /// The answered probabilities; those of a batch are counted in buckets of 0.01.
    SCORE_HISTOGRAM("ScoreHistogram", "None", "stage", "endpoint"),
    /// Days since the cutoff of the model that serves. A model's age is that of the newest rows it was trained with,
    /// not the time since its promotion: an old model that is restored is old.
    MODEL_AGE("ModelAge", "None", "stage"),
    /// 1 while the model in production cannot be used, or the pointer to it cannot be read, whether a former model
    /// continues to serve or none does; else 0. A line of a refused request has it only if it is 1.
    MODEL_REFUSED("ModelRefused", "None", "stage"),
    /// Milliseconds of a scored request's latency that the shadow took; measured while there is a shadow.
    SHADOW_LATENCY("ShadowLatency", "Milliseconds", "stage", "endpoint"),
    /// Applications that were answered without the shadow's score, since it cannot be used, failed or took too
    /// long; measured while there is a shadow. Those answered while it is read for the first time do not count.
    SHADOW_FAILURES("ShadowFailures", "Count", "stage"),
    /// Rows that went to the queue because PostgreSQL was out of reach, or refused the statement.
    UNLOGGED("Unlogged", "Count", "stage"),
    /// Rows from the queue that are stored; those of a message that is delivered twice count twice.
    RELOGGED("Relogged", "Count", "stage"),
    /// Seconds between the answer and the storing of the oldest of these rows.
    RELOG_DELAY("RelogDelay", "Seconds", "stage"),
    /// Messages that are delivered again later, since PostgreSQL is still out of reach, or the time ran out.
    POSTPONED("Postponed", "Count", "stage"),
    /// Messages that can never be stored and went to the dead-letter queue.
    DEAD_LETTERED("DeadLettered", "Count", "stage"),
    /// Entries of the operators' secret that cannot be read.
    OPERATORS_UNREADABLE("OperatorsUnreadable", "Count", "stage"),
    /// Rows that lay outside every partition when a run of the retention began.
    ROWS_OUTSIDE_PARTITIONS("RowsOutsidePartitions", "Count", "stage"),
    /// Partitions that a run of the retention made, each for a month.
    PARTITIONS_MADE("PartitionsMade", "Count", "stage"),
    /// Partitions that a run of the retention dropped.
    PARTITIONS_DROPPED("PartitionsDropped", "Count", "stage"),
    /// Requests that a run of the retention deleted, since none of their rows is left.
    REQUESTS_DELETED("RequestsDeleted", "Count", "stage"),
    /// 1 for a run of the retention that left nothing for the next one, else 0.
    RETENTION_COMPLETE("RetentionComplete", "Count", "stage"),
    /// Canaries that were scored and answered; their rows are stored, or wait in the queue.
    CANARY_ANSWERED("CanaryAnswered", "Count", "stage"),
    /// Requests that were answered with a problem, by its reason.
    REFUSED("Refused", "Count", "stage", "reason");

    /// The namespace of all metrics of this service, those of drift included.
    public static final String NAMESPACE = "vowcheck";

    @SuppressWarnings("ImmutableEnumChecker") // a record over List.copyOf
    private final MetricName definition;

    Metric(String metricName, String unit, String... dimensions) {
        definition = new MetricName(metricName, unit, List.of(dimensions));
    }

    /// The name in CloudWatch.
    public String metricName() {
        return definition.name();
    }

    MetricName definition() {
        return definition;
    }
}
