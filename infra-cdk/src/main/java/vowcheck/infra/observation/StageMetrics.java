package vowcheck.infra.observation;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import vowcheck.infra.stage.Stage;
import vowcheck.lambda.observation.Metric;

/// The metrics that the functions of a stage publish themselves, and how metrics are summed up.
final class StageMetrics {
    static final String SUM = "Sum";
    static final String MAXIMUM = "Maximum";
    static final Duration FIVE_MINUTES = Duration.minutes(5);
    static final Duration DAY = Duration.days(1);

    private final Stage stage;

    StageMetrics(Stage stage) {
        this.stage = stage;
    }

    /// A metric that has no other dimension than the stage.
    IMetric of(Metric metric, String statistic, Duration period) {
        return of(metric.metricName(), Map.of(), statistic, period);
    }

    /// A metric by its name.
    ///
    /// @param dimensions those besides the stage
    IMetric of(String name, Map<String, String> dimensions, String statistic, Duration period) {
        var all = new TreeMap<>(dimensions);
        all.put("stage", stage.name());
        return software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
                .namespace(Metric.NAMESPACE)
                .metricName(name)
                .dimensionsMap(all)
                .statistic(statistic)
                .period(period)
                .build();
    }

    static MetricOptions total() {
        return options(SUM);
    }

    static MetricOptions worst() {
        return options(MAXIMUM);
    }

    /// A statistic over five minutes.
    static MetricOptions options(String statistic) {
        return MetricOptions.builder().statistic(statistic).period(FIVE_MINUTES).build();
    }
}
