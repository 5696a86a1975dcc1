package vowcheck.infra.observation;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;
import vowcheck.infra.api.ScoringApi;
import vowcheck.infra.data.UnloggedQueues;
import vowcheck.infra.mlflow.TrackingServer;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.infra.stage.Stage;
import vowcheck.lambda.observation.Metric;

/// The alarms: conditions that need a person's attention.
public final class Alarms extends Construct {
    /// Wrong passwords are errors of the authorizer: anyone can cause them, so a few must page nobody.
    private static final int AUTHORIZER_ERRORS = 50;

    /// Anyone can cause them; so many say that monitors and the documentation may get no answer.
    private static final int PUBLIC_THROTTLES = 500;

    /// Three monthly trainings without a promotion.
    private static final int OLD_MODEL_DAYS = 100;

    private final SnsAction notify;

    /// What is watched, and who is notified.
    ///
    /// @param authorizer the function whose errors anyone can cause
    /// @param publicCalls the function whose throttles anyone can cause
    /// @param functions every other function, by the name that its alarms have
    public record Watched(
            Stage stage,
            Notifications notifications,
            UnloggedQueues unlogged,
            ScoringApi api,
            StateMachine training,
            TrackingServer tracking,
            HandlerFunction authorizer,
            HandlerFunction publicCalls,
            Map<String, HandlerFunction> functions) {}

    public Alarms(Construct scope, String id, Watched watched) {
        super(scope, id);
        notify = new SnsAction(watched.notifications().topic());
        alarm(
                "UnstorablePredictions",
                "PostgreSQL refuses predictions that were already answered: see the dead-letter queue",
                watched.unlogged().deadLetters().metricApproximateNumberOfMessagesVisible(worst()),
                1);
        // SQS leaves a message that was received several times out of its metric for the oldest message's age. The
        // relog function receives each message at least every half hour.
        tell(Alarm.Builder.create(this, "PredictionsWait")
                .alarmDescription(
                        "Predictions have waited an hour to be stored: is the database up, and may they be stored there?")
                .metric(published(watched.stage(), Metric.POSTPONED, totalOfHalfAnHour()))
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
                "PredictionsUnlogged",
                "Predictions of two requests or more went to the queue: the scoring function cannot store them in PostgreSQL",
                published(watched.stage(), Metric.UNLOGGED, occurrences()),
                // A single slow login sends one request to the queue, from which it is stored.
                2);
        alarm(
                "ModelRefused",
                "The model in production cannot be used: its predecessor still serves, or none does; see /model-info",
                published(watched.stage(), Metric.MODEL_REFUSED, worst()),
                1);
        alarm(
                "OperatorsUnreadable",
                "An entry of the operators' secret cannot be read: the log of operator-authorizer or scoring names it",
                published(watched.stage(), Metric.OPERATORS_UNREADABLE, worst()),
                1);
        alarm(
                "ModelOld",
                "The model in production was trained on rows that end %d days ago: do trainings fail, or promote nothing?"
                        .formatted(OLD_MODEL_DAYS),
                published(watched.stage(), Metric.MODEL_AGE, greatestOfADay()),
                OLD_MODEL_DAYS);
        alarm(
                "PredictionsOutsidePartitions",
                "Predictions were stored in no month's partition: were partitions missing, or is a clock wrong?",
                published(watched.stage(), Metric.ROWS_OUTSIDE_PARTITIONS, greatestOfADay()),
                1);
        tell(Alarm.Builder.create(this, "RetentionOverdue")
                .alarmDescription(
                        "No run of the retention was complete for two days: predictions are kept for too long")
                .metric(published(watched.stage(), Metric.RETENTION_COMPLETE, greatestOfADay()))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(2)
                // A function that does not run measures nothing.
                .treatMissingData(TreatMissingData.BREACHING));
        tell(Alarm.Builder.create(this, "TrackingDown")
                .alarmDescription("MLflow has not answered for a quarter of an hour: nothing can be trained")
                .metric(watched.tracking().healthy(worst()))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(3)
                // Without any container there is no measurement.
                .treatMissingData(TreatMissingData.BREACHING));
        // Sorted: the order of Map.of differs between runs, and so would the template.
        new TreeMap<>(watched.functions()).forEach((name, function) -> watch(name, function, 1, 1));
        watch("OperatorAuthorizer", watched.authorizer(), AUTHORIZER_ERRORS, 1);
        watch("Public", watched.publicCalls(), 1, PUBLIC_THROTTLES);
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
                .period(Duration.minutes(5))
                .build();
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
        tell(Alarm.Builder.create(this, id)
                .alarmDescription(description)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.NOT_BREACHING));
    }

    private void tell(Alarm.Builder alarm) {
        alarm.build().addAlarmAction(notify);
    }

    /// A metric that the functions themselves publish.
    private static IMetric published(Stage stage, Metric metric, MetricOptions options) {
        return software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
                .namespace(Metric.NAMESPACE)
                .metricName(metric.metricName())
                .dimensionsMap(Map.of("stage", stage.name()))
                .statistic(options.getStatistic())
                .period(options.getPeriod())
                .build();
    }

    private static MetricOptions total() {
        return MetricOptions.builder()
                .statistic("Sum")
                .period(Duration.minutes(5))
                .build();
    }

    /// How often it was measured, whatever its values.
    private static MetricOptions occurrences() {
        return MetricOptions.builder()
                .statistic("SampleCount")
                .period(Duration.minutes(5))
                .build();
    }

    private static MetricOptions totalOfHalfAnHour() {
        return MetricOptions.builder()
                .statistic("Sum")
                .period(Duration.minutes(30))
                .build();
    }

    /// Over a whole day: at night no request measures anything, and what runs daily measures once.
    private static MetricOptions greatestOfADay() {
        return MetricOptions.builder()
                .statistic("Maximum")
                .period(Duration.days(1))
                .build();
    }

    private static MetricOptions worst() {
        return MetricOptions.builder()
                .statistic("Maximum")
                .period(Duration.minutes(5))
                .build();
    }
}
