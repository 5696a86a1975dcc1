package vowcheck.lambda.observation;

import java.util.List;

/// The metrics of the scoring function, and of the one that stores later what it could not. Those of the same
/// dimensions stand together.
public enum Metric {
    /// Applications that were scored and answered, each once.
    PREDICTIONS("Predictions", "Count", "stage", "endpoint"),
    /// What a scored request took, from its event to its answer.
    LATENCY("Latency", "Milliseconds", "stage", "endpoint"),
    /// The probabilities that were answered, those of a batch in buckets of 0.01.
    SCORE_HISTOGRAM("ScoreHistogram", "None", "stage", "endpoint"),
    /// Days since the cutoff of the model that serves. What ages a model is how old the newest rows are that it
    /// learned from, not when it was promoted: an old one that is put back is old.
    MODEL_AGE("ModelAge", "None", "stage"),
    /// 1 while a version that is said to be in production cannot be used and its predecessor goes on serving, else 0.
    MODEL_REFUSED("ModelRefused", "None", "stage"),
    /// Rows that went to the queue because PostgreSQL was out of reach.
    UNLOGGED("Unlogged", "Count", "stage"),
    /// Rows that came from the queue and are stored; of a message that comes twice, twice.
    RELOGGED("Relogged", "Count", "stage"),
    /// Seconds from the answer of the oldest of them until it was stored.
    RELOG_DELAY("RelogDelay", "Seconds", "stage"),
    /// Messages that come again later, since PostgreSQL is still out of reach.
    POSTPONED("Postponed", "Count", "stage"),
    /// Messages that nobody can store and that went to the dead letters.
    DEAD_LETTERED("DeadLettered", "Count", "stage"),
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
