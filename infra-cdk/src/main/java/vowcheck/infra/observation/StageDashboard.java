package vowcheck.infra.observation;

import static vowcheck.infra.observation.StageMetrics.DAY;
import static vowcheck.infra.observation.StageMetrics.FIVE_MINUTES;
import static vowcheck.infra.observation.StageMetrics.MAXIMUM;
import static vowcheck.infra.observation.StageMetrics.SUM;
import static vowcheck.infra.observation.StageMetrics.options;
import static vowcheck.infra.observation.StageMetrics.total;
import static vowcheck.infra.observation.StageMetrics.worst;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.HorizontalAnnotation;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.constructs.Construct;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.scoring.Endpoint;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.observation.DriftMetrics;
import vowcheck.lambda.observation.Metric;

/// The stage on one page: which alarms are raised, what callers get, what waits, what the model and its input look
/// like, and how the database and the functions do.
public final class StageDashboard extends Construct {
    /// The grid of a dashboard has 24 columns.
    private static final int WHOLE = 24;

    private static final int THIRD = WHOLE / 3;
    private static final int HEIGHT = 6;

    private final Alarms.Watched watched;
    private final StageMetrics metrics;

    /// @param watched what the alarms watch
    public StageDashboard(Construct scope, String id, Alarms.Watched watched, Alarms alarms) {
        super(scope, id);
        this.watched = watched;
        metrics = new StageMetrics(watched.stage());
        Dashboard.Builder.create(this, "Dashboard")
                .dashboardName(watched.stage().onlyName())
                .widgets(List.of(
                        List.of(AlarmStatusWidget.Builder.create()
                                .title("Alarms: docs/operations.md says what to do")
                                .alarms(alarms.all())
                                .width(WHOLE)
                                .height(HEIGHT)
                                .build()),
                        calls(),
                        stored(),
                        model(),
                        shadow(),
                        programs()))
                .build();
    }

    private List<IWidget> calls() {
        return List.of(
                graph("Predictions", ofEndpoints(Metric.PREDICTIONS, SUM)).build(),
                graph(
                                "Milliseconds to the answer",
                                Stream.of("p50", "p99")
                                        .flatMap(statistic -> ofEndpoints(Metric.LATENCY, statistic).stream())
                                        .toList())
                        .build(),
                graph(
                                "Refusals by reason, and 5xx and 429 of the API",
                                List.of(
                                        refusals(),
                                        watched.api().serverErrors(total()),
                                        watched.api().throttledCalls(total())))
                        .build());
    }

    private List<IWidget> stored() {
        var database = watched.database();
        return List.of(
                graph(
                                "Predictions that wait to be stored",
                                List.of(
                                        watched.unlogged().waiting().metricApproximateNumberOfMessagesVisible(worst()),
                                        watched.unlogged()
                                                .deadLetters()
                                                .metricApproximateNumberOfMessagesVisible(worst()),
                                        metrics.of(Metric.UNLOGGED, SUM, FIVE_MINUTES),
                                        metrics.of(Metric.RELOGGED, SUM, FIVE_MINUTES),
                                        metrics.of(Metric.POSTPONED, SUM, FIVE_MINUTES)))
                        .build(),
                graph(
                                "Database: processor, %, and connections",
                                List.of(database.metric("CPUUtilization", options("Average"))))
                        .right(List.of(database.metric("DatabaseConnections", worst())))
                        .build(),
                graph(
                                "Database: free bytes of the disk, and seconds per write",
                                List.of(database.metric("FreeStorageSpace", options("Minimum"))))
                        .right(List.of(database.metric("WriteLatency", options("Average"))))
                        .build());
    }

    private List<IWidget> model() {
        return List.of(
                graph(
                                "Drift: population stability index of each feature",
                                FeatureSchema.CURRENT.features().stream()
                                        .map(feature -> metrics.of(DriftMetrics.psiOf(feature), Map.of(), MAXIMUM, DAY))
                                        .toList())
                        .leftAnnotations(List.of(line(DriftPolicy.DEFAULT.threshold(), "drift")))
                        .build(),
                graph("Days since the model's cutoff", List.of(metrics.of(Metric.MODEL_AGE, MAXIMUM, FIVE_MINUTES)))
                        .leftAnnotations(List.of(line(Alarms.OLD_MODEL_DAYS, "old")))
                        .right(List.of(metrics.of(Metric.MODEL_REFUSED, MAXIMUM, FIVE_MINUTES)))
                        .build(),
                graph(
                                "Trainings and imports",
                                List.of(
                                        watched.training().metricSucceeded(total()),
                                        watched.training().metricFailed(total()),
                                        watched.training().metricTimedOut(total()),
                                        watched.imports().metricSucceeded(total()),
                                        watched.imports().metricFailed(total()),
                                        watched.imports().metricTimedOut(total())))
                        .build());
    }

    private List<IWidget> shadow() {
        return List.of(
                graph(
                                "Applications without the shadow's score",
                                List.of(metrics.of(Metric.SHADOW_FAILURES, SUM, FIVE_MINUTES)))
                        .build(),
                graph("The shadow's share of the time to the answer, %", shadowShares())
                        .build());
    }

    private List<IMetric> shadowShares() {
        return Arrays.stream(Endpoint.values()).map(this::shadowShare).toList();
    }

    /// Within a graph, each metric has an id of its own.
    private IMetric shadowShare(Endpoint endpoint) {
        var name = endpoint.fieldValue();
        return MathExpression.Builder.create()
                .expression("100 * shadow_%1$s / all_%1$s".formatted(name))
                .usingMetrics(new TreeMap<>(Map.of(
                        "shadow_" + name, ofEndpoint(Metric.SHADOW_LATENCY, endpoint, SUM),
                        "all_" + name, ofEndpoint(Metric.LATENCY, endpoint, SUM))))
                .label(name)
                .period(FIVE_MINUTES)
                .build();
    }

    private List<IWidget> programs() {
        return List.of(
                graph(
                                "Errors of the functions",
                                functions()
                                        .map(function -> function.function().metricErrors(total()))
                                        .toList())
                        .build(),
                graph(
                                "Refused invocations",
                                functions()
                                        .map(function -> function.function().metricThrottles(total()))
                                        .toList())
                        .build(),
                graph(
                                "Longest invocation in milliseconds",
                                functions()
                                        .map(function -> function.function().metricDuration(worst()))
                                        .toList())
                        .build());
    }

    private Stream<HandlerFunction> functions() {
        var functions = new TreeMap<>(watched.functions());
        functions.put("OperatorAuthorizer", watched.authorizer());
        functions.put("Public", watched.publicCalls());
        return functions.values().stream();
    }

    private List<IMetric> ofEndpoints(Metric metric, String statistic) {
        return Arrays.stream(Endpoint.values())
                .map(endpoint -> ofEndpoint(metric, endpoint, statistic))
                .toList();
    }

    private IMetric ofEndpoint(Metric metric, Endpoint endpoint, String statistic) {
        return metrics.of(metric.metricName(), Map.of("endpoint", endpoint.fieldValue()), statistic, FIVE_MINUTES);
    }

    /// A line for each reason that occurs.
    private IMetric refusals() {
        return MathExpression.Builder.create()
                .expression("SEARCH('{%s,reason,stage} MetricName=\"%s\" stage=\"%s\"', '%s', %d)"
                        .formatted(
                                Metric.NAMESPACE,
                                Metric.REFUSED.metricName(),
                                watched.stage().name(),
                                SUM,
                                FIVE_MINUTES.toSeconds().intValue()))
                .usingMetrics(Map.of())
                .label("")
                .period(FIVE_MINUTES)
                .build();
    }

    private static GraphWidget.Builder graph(String title, List<? extends IMetric> left) {
        return GraphWidget.Builder.create().title(title).left(left).width(THIRD).height(HEIGHT);
    }

    private static HorizontalAnnotation line(double value, String label) {
        return HorizontalAnnotation.builder().value(value).label(label).build();
    }
}
