package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads lines of metrics as CloudWatch does.
final class MetricLines {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Schema SCHEMA =
            SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(schema());

    /// CloudWatch accepts at most as many values of a metric in a line.
    private static final int MOST_VALUES = 100;

    private MetricLines() {}

    /// The lines, after a check that each is in the embedded metric format.
    static List<JsonNode> read(List<String> lines) {
        return lines.stream().map(MetricLines::read).toList();
    }

    private static JsonNode read(String text) {
        var line = JSON.readTree(text);
        assertThat(SCHEMA.validate(line)).as(text).isEmpty();
        for (var directive : line.at("/_aws/CloudWatchMetrics")) {
            assertThat(directive.get("Namespace").asString()).isEqualTo("vowcheck");
            directive
                    .get("Dimensions")
                    .forEach(set -> set.forEach(
                            name -> assertThat(line.path(name.asString()).isString())
                                    .as("dimension %s of %s", name, text)
                                    .isTrue()));
            directive
                    .get("Metrics")
                    .forEach(metric -> assertThat(
                                    isMeasured(line.path(metric.get("Name").asString())))
                            .as("metric %s of %s", metric, text)
                            .isTrue());
        }
        return line;
    }

    private static boolean isMeasured(JsonNode value) {
        int values = value.path("Values").size();
        return value.isNumber()
                || (values > 0
                        && values <= MOST_VALUES
                        && values == value.path("Counts").size());
    }

    private static JsonNode schema() {
        var file = MetricLines.class.getResourceAsStream("/embedded-metric-format/schema.json");
        return JSON.readTree(Objects.requireNonNull(file));
    }
}
