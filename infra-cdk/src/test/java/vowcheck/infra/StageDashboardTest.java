package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import vowcheck.core.features.FeatureSchema;
import vowcheck.lambda.observation.DriftMetrics;
import vowcheck.lambda.observation.Metric;

/// What the dashboard shows, and that CloudWatch accepts it. The limits are those of
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
class StageDashboardTest {
    private static final int WIDGETS = 500;
    private static final int METRICS_OF_A_WIDGET = 500;
    private static final int METRICS = 2500;
    private static final int ALARMS_OF_A_WIDGET = 100;
    private static final int COLUMNS = 24;

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void theDashboardIsWithinTheLimitsOfCloudWatch(String stage) throws IOException {
        var widgets = widgets(stage);
        assertThat(widgets).hasSizeBetween(1, WIDGETS);
        assertThat(widgets)
                .allSatisfy(widget -> assertThat(number(widget.at("x")) + number(widget.at("width")))
                        .isLessThanOrEqualTo(COLUMNS));
        assertThat(widgets)
                .allSatisfy(widget -> assertThat(metrics(widget)).hasSizeLessThanOrEqualTo(METRICS_OF_A_WIDGET));
        assertThat(widgets.stream().mapToInt(widget -> metrics(widget).size()).sum())
                .isLessThanOrEqualTo(METRICS);
    }

    @ParameterizedTest
    @FieldSource("vowcheck.infra.Synthesized#STAGES")
    void everyAlarmIsOnTheDashboard(String stage) throws IOException {
        var shown = widgets(stage).stream()
                .filter(widget -> widget.at("type").text().equals("alarm"))
                .flatMap(widget -> widget.at("properties", "alarms").list().stream())
                .map(Node::text)
                .toList();
        assertThat(shown)
                .hasSizeLessThanOrEqualTo(ALARMS_OF_A_WIDGET)
                .containsExactlyInAnyOrderElementsOf(Synthesized.of(stage).resources("AWS::CloudWatch::Alarm").stream()
                        .map(alarm -> "${" + alarm.logicalId() + ".Arn}")
                        .toList());
    }

    /// A graph of a metric that nobody writes would stay empty for ever.
    @Test
    void everyMetricOfOurOwnIsOneThatIsPublished() throws IOException {
        var published = Stream.of(
                        Arrays.stream(Metric.values()).map(Metric::metricName),
                        FeatureSchema.CURRENT.features().stream().map(DriftMetrics::psiOf),
                        Stream.of("Throttled"))
                .flatMap(names -> names)
                .collect(Collectors.toSet());
        var shown = ours("prod").map(metric -> metric.get(1).text()).collect(Collectors.toSet());
        assertThat(published).containsAll(shown);
        assertThat(shown).contains("Predictions", "Latency", "Unlogged", "ModelAge", "Throttled", "psi_Age_Days");
        assertThat(ours("prod").flatMap(metric -> metric.stream().map(Node::text)))
                .contains("prod")
                .doesNotContain("dev", "local");
    }

    @Test
    void theErrorsOfEveryFunctionAreShown() throws IOException {
        var functions = Synthesized.of("prod").javaFunctions().stream()
                .map(function -> "${" + function.logicalId() + "}")
                .toList();
        assertThat(all("prod")
                        .filter(metric ->
                                metric.size() > 1 && metric.get(1).text().equals("Errors"))
                        .map(metric -> metric.get(3).text()))
                .containsExactlyInAnyOrderElementsOf(functions);
    }

    @Test
    void refusalsAreSearchedForByTheDimensionsThatTheyHave() throws IOException {
        assertThat(all("prod").map(metric -> metric.getFirst().at("expression").text()))
                .contains("SEARCH('{vowcheck,reason,stage} MetricName=\"Refused\" stage=\"prod\"', 'Sum', 300)");
    }

    private static Stream<List<Node>> ours(String stage) throws IOException {
        return all(stage).filter(metric -> metric.getFirst().text().equals(Metric.NAMESPACE));
    }

    /// Each metric as CloudWatch's array: namespace, name, dimensions, and how it is shown.
    private static Stream<List<Node>> all(String stage) throws IOException {
        return widgets(stage).stream()
                .flatMap(widget -> metrics(widget).stream())
                .map(Node::list);
    }

    private static List<Node> metrics(Node widget) {
        return widget.at("properties", "metrics").list();
    }

    private static List<Node> widgets(String stage) throws IOException {
        var dashboard = Synthesized.of(stage)
                .resource("AWS::CloudWatch::Dashboard", "Dashboard")
                .properties();
        assertThat(dashboard.at("DashboardName").text()).isEqualTo("vowcheck-" + stage);
        var body = dashboard.at("DashboardBody").text();
        return new Node(new ObjectMapper().readValue(body, Object.class))
                .at("widgets")
                .list();
    }

    private static int number(Node node) {
        return Integer.parseInt(node.text());
    }
}
