package vowcheck.infra.observation;

import static vowcheck.infra.observation.StageMetrics.DAY;
import static vowcheck.infra.observation.StageMetrics.FIVE_MINUTES;
import static vowcheck.infra.observation.StageMetrics.MAXIMUM;
import static vowcheck.infra.observation.StageMetrics.SUM;
import static vowcheck.infra.observation.StageMetrics.options;
import static vowcheck.infra.observation.StageMetrics.total;
import static vowcheck.infra.observation.StageMetrics.worst;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;
import vowcheck.core.scoring.Endpoint;
import vowcheck.infra.api.ScoringApi;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.UnloggedQueues;
import vowcheck.infra.mlflow.TrackingServer;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.infra.stage.Stage;
import vowcheck.lambda.observation.DriftMetrics;
import vowcheck.lambda.observation.Metric;

/// The alarms: conditions that need a person's attention. `docs/operations.md` says of each, by its name, what it means
/// and what to do.
public final class Alarms extends Construct {
    /// Wrong passwords are errors of the authorizer: anyone can cause them, so a few must page nobody.
    private static final int AUTHORIZER_ERRORS = 50;

    /// Anyone can cause them; so many say that monitors and the documentation may get no answer.
    private static final int PUBLIC_THROTTLES = 500;

    /// Three monthly trainings without a promotion.
    static final int OLD_MODEL_DAYS = 100;

    /// What a prediction may take, at the 99th percentile: longer than a new environment needs for its first one.
    private static final int SLOW_MILLIS = 1000;

    /// More than one client at the edge of its limits causes by chance.
    private static final int THROTTLED_CALLS = 20;

    /// One that fails may be a canary that met a deployment; three in a row did not.
    private static final int MISSED_CANARIES = 3;

    private static final int BUSY_CPU_PERCENT = 80;

    /// Half of what RDS does at least before it lets the disk grow; so it grows too slowly, or may not any more.
    private static final double FULL_DISK_SHARE = 0.05;

    /// Some are spare even when every program has all of its connections ([DatabaseServer]).
    private static final double BUSY_CONNECTIONS_SHARE = 0.8;

    private final Stage stage;
    private final StageMetrics metrics;
    private final SnsAction notify;
    private final List<Alarm> all = new ArrayList<>();

    /// What is watched, and who is notified.
    ///
    /// @param authorizer the function whose errors anyone can cause
    /// @param publicCalls the function whose throttles anyone can cause
    /// @param functions every other function, by the name that its alarms have
    public record Watched(
            Stage stage,
            Notifications notifications,
            DatabaseServer database,
            UnloggedQueues unlogged,
            UndeliveredEvents undelivered,
            ScoringApi api,
            StateMachine training,
            StateMachine replay,
            StateMachine imports,
            TrackingServer tracking,
            HandlerFunction authorizer,
            HandlerFunction publicCalls,
            Map<String, HandlerFunction> functions) {}

    public Alarms(Construct scope, String id, Watched watched) {
        super(scope, id);
        stage = watched.stage();
        metrics = new StageMetrics(stage);
        notify = new SnsAction(watched.notifications().topic());
        alarm(
                "UnstorablePredictions",
                "PostgreSQL refuses predictions that were already answered: see the dead-letter queue",
                watched.unlogged().deadLetters().metricApproximateNumberOfMessagesVisible(worst()),
                1);
        // SQS leaves a message that was received several times out of its metric for the oldest message's age. The
        // relog function receives each message at least every half hour.
        tell(named(
                        "PredictionsWait",
                        "Predictions have waited an hour to be stored: is the database up, and may they be stored there?")
                .metric(metrics.of(Metric.POSTPONED, SUM, Duration.minutes(30)))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(2)
                .treatMissingData(TreatMissingData.NOT_BREACHING));
        alarm(
                "ServerErrors",
                "The API answered a call with a 5xx status five times in five minutes",
                guardedServerErrors(watched),
                5);
        alarm(
                "TrainingFailed",
                "A training failed: its notification gives the cause",
                watched.training().metricFailed(total()),
                1);
        alarm(
                "TrainingTimedOut",
                "A training exceeded its time limit and could not notify anyone itself",
                watched.training().metricTimedOut(total()),
                1);
        alarm(
                "ReplayFailed",
                "A replay failed: its execution gives the cause",
                watched.replay().metricFailed(total()),
                1);
        alarm(
                "ReplayTimedOut",
                "A replay exceeded its time limit",
                watched.replay().metricTimedOut(total()),
                1);
        alarm(
                "ImportFailed",
                "An import of labelled rows failed, and not because of its file: its report gives the cause",
                watched.imports().metricFailed(total()),
                1);
        alarm(
                "ImportTimedOut",
                "An import of labelled rows exceeded its time limit",
                watched.imports().metricTimedOut(total()),
                1);
        alarm(
                "UndeliveredEvents",
                "EventBridge could not start what a rule should have started: see the dead-letter queue",
                watched.undelivered().queue().metricApproximateNumberOfMessagesVisible(worst()),
                1);
        tell(named("SlowPredictions", "One prediction in a hundred has taken a second for a quarter of an hour")
                .metric(metrics.of(
                        Metric.LATENCY.metricName(),
                        Map.of("endpoint", Endpoint.SINGLE.fieldValue()),
                        "p99",
                        FIVE_MINUTES))
                .threshold(SLOW_MILLIS)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(3)
                .treatMissingData(TreatMissingData.NOT_BREACHING));
        alarm(
                "ThrottledClients",
                "%d calls with an API key were refused with 429 in five minutes".formatted(THROTTLED_CALLS),
                watched.api().throttledCalls(total()),
                THROTTLED_CALLS);
        watchDatabase(watched.database());
        if (!stage.observation().canary().isZero()) {
            watchCanary(stage.observation().canary());
        }
        alarm(
                "PredictionsUnlogged",
                "Predictions of two requests or more went to the queue: the scoring function cannot store them in PostgreSQL",
                // How often it was measured, whatever its values.
                metrics.of(Metric.UNLOGGED, "SampleCount", FIVE_MINUTES),
                // A single slow login sends one request to the queue, from which it is stored.
                2);
        alarm(
                "ModelRefused",
                "The model in production cannot be used: its predecessor still serves, or none does; see /model-info",
                metrics.of(Metric.MODEL_REFUSED, MAXIMUM, FIVE_MINUTES),
                1);
        tell(named(
                        "ShadowFailing",
                        "The shadow has failed to score applications for a quarter of an hour; answers are not affected")
                .metric(metrics.of(Metric.SHADOW_FAILURES, SUM, FIVE_MINUTES))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(3)
                .treatMissingData(TreatMissingData.NOT_BREACHING));
        alarm(
                "OperatorsUnreadable",
                "An entry of the operators' secret cannot be read: the log of operator-authorizer or scoring names it",
                metrics.of(Metric.OPERATORS_UNREADABLE, MAXIMUM, FIVE_MINUTES),
                1);
        alarm(
                "ModelOld",
                "The model in production was trained on rows that end %d days ago: do trainings fail, or promote nothing?"
                        .formatted(OLD_MODEL_DAYS),
                metrics.of(Metric.MODEL_AGE, MAXIMUM, DAY),
                OLD_MODEL_DAYS);
        alarm(
                "PredictionsOutsidePartitions",
                "Predictions were stored in no month's partition: were partitions missing, or is a clock wrong?",
                metrics.of(Metric.ROWS_OUTSIDE_PARTITIONS, MAXIMUM, DAY),
                1);
        tell(named(
                        "RetentionOverdue",
                        "No run of the retention was complete for two days: predictions are kept for too long")
                .metric(metrics.of(Metric.RETENTION_COMPLETE, MAXIMUM, DAY))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(2)
                // A function that does not run measures nothing.
                .treatMissingData(TreatMissingData.BREACHING));
        tell(named("DriftOverdue", "No drift check has measured anything for two days: drift would start no training")
                .metric(metrics.of(DriftMetrics.ROWS, Map.of(), "SampleCount", DAY))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(2)
                .treatMissingData(TreatMissingData.BREACHING));
        watched.tracking()
                .healthy(worst())
                .ifPresent(metric -> tell(named(
                                "TrackingDown",
                                "MLflow has not answered for a quarter of an hour: nothing can be trained")
                        .metric(metric)
                        .threshold(1)
                        .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                        .evaluationPeriods(3)
                        // Without any container there is no measurement.
                        .treatMissingData(TreatMissingData.BREACHING)));
        // Sorted: the order of Map.of differs between runs, and so would the template.
        new TreeMap<>(watched.functions()).forEach((name, function) -> watch(name, function, 1, 1));
        watch("OperatorAuthorizer", watched.authorizer(), AUTHORIZER_ERRORS, 1);
        watch("Public", watched.publicCalls(), 1, PUBLIC_THROTTLES);
    }

    /// Every alarm.
    List<Alarm> all() {
        return List.copyOf(all);
    }

    /// Those that tell within five minutes that a new version of the scoring function is worse than the former one: it
    /// fails, cannot store, or cannot read the model.
    public List<Alarm> ofScoring() {
        return Stream.of("ScoringErrors", "ServerErrors", "PredictionsUnlogged", "ModelRefused")
                .map(id -> (Alarm) getNode().findChild(id))
                .toList();
    }

    /// Without those that the public function causes, by failing or by being throttled: anyone can cause them, and they
    /// must page nobody for the scoring.
    private static IMetric guardedServerErrors(Watched watched) {
        var publicCalls = watched.publicCalls().function();
        return MathExpression.Builder.create()
                .expression("all - FILL(failed, 0) - FILL(throttled, 0)")
                .usingMetrics(new TreeMap<>(Map.of(
                        "all", watched.api().serverErrors(total()),
                        "failed", publicCalls.metricErrors(total()),
                        "throttled", publicCalls.metricThrottles(total()))))
                .label("5xx answers to calls with a key or an operator")
                .period(FIVE_MINUTES)
                .build();
    }

    private void watchCanary(java.time.Duration interval) {
        tell(named(
                        "CanaryFailed",
                        "None of the last %d canaries was scored: predictions fail".formatted(MISSED_CANARIES))
                .metric(metrics.of(
                        Metric.CANARY_ANSWERED, SUM, Duration.minutes(MISSED_CANARIES * interval.toMinutes())))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(1)
                // A canary that does not run measures nothing.
                .treatMissingData(TreatMissingData.BREACHING));
    }

    private void watchDatabase(DatabaseServer database) {
        tell(named(
                        "DatabaseCpu",
                        "The database's processor has been busy for a quarter of an hour, by %d %%"
                                .formatted(BUSY_CPU_PERCENT))
                .metric(database.metric("CPUUtilization", options("Average")))
                .threshold(BUSY_CPU_PERCENT)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(3)
                .treatMissingData(TreatMissingData.MISSING));
        double disk = stage.database().storageGib() * (double) (1L << 30);
        tell(named("DatabaseStorage", "The database's disk is nearly full, and has not grown in time")
                .metric(database.metric("FreeStorageSpace", options("Minimum")))
                .threshold(Math.floor(disk * FULL_DISK_SHARE))
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.MISSING));
        tell(named("DatabaseConnections", "The database is about to have no connection left for the next program")
                .metric(database.metric("DatabaseConnections", worst()))
                .threshold(Math.floor(database.mostConnections() * BUSY_CONNECTIONS_SHARE))
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.MISSING));
    }

    private void watch(String name, HandlerFunction function, int errors, int throttles) {
        alarm(name + "Errors", name + " failed", function.function().metricErrors(total()), errors);
        alarm(
                name + "Throttles",
                name + " was throttled: its concurrency was used up",
                function.function().metricThrottles(total()),
                throttles);
    }

    private void alarm(String id, String description, IMetric metric, Number threshold) {
        tell(named(id, description)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.NOT_BREACHING));
    }

    private void tell(Alarm.Builder alarm) {
        var built = alarm.build();
        built.addAlarmAction(notify);
        all.add(built);
    }

    /// An alarm whose name is that of its construct, in lower case and with hyphens: `vowcheck-prod-model-old`.
    private Alarm.Builder named(String id, String description) {
        var words = id.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        return Alarm.Builder.create(this, id)
                .alarmName(stage.resourceName(words))
                .alarmDescription(description);
    }
}
