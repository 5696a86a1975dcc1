package vowcheck.lambda.observation;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// One line of metrics in CloudWatch's embedded metric format,
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html.
/// Not thread-safe.
final class MetricLine {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_BYTES = 1024;

    private final PrintStream log;
    private final long timestampMillis;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<MetricName, Value> values = new LinkedHashMap<>();

    /// A metric's value, which writes itself.
    private interface Value {
        void write(JsonGenerator json, String name);
    }

    MetricLine(PrintStream log, long timestampMillis) {
        this.log = log;
        this.timestampMillis = timestampMillis;
    }

    /// A dimension, or another field that helps to find the line.
    MetricLine with(String name, String text) {
        texts.put(name, text);
        return this;
    }

    MetricLine with(Metric metric, double value) {
        return with(metric.definition(), value);
    }

    MetricLine with(MetricName metric, double value) {
        values.put(metric, (json, name) -> json.writeNumberProperty(name, value));
        return this;
    }

    MetricLine with(Metric metric, Histogram histogram) {
        values.put(metric.definition(), histogram::write);
        return this;
    }

    /// Adds the id of the current invocation, by which all its log lines can be found.
    MetricLine ofThisInvocation() {
        @Nullable String invocation = MDC.get(LogContext.AWS_REQUEST_ID);
        return invocation == null ? this : with(LogContext.AWS_REQUEST_ID, invocation);
    }

    /// Writes the line in one piece, since each write is an event of the log.
    void write() {
        var bytes = bytes();
        log.write(bytes, 0, bytes.length);
        log.flush();
    }

    /// The line in UTF-8, with a newline at its end.
    private byte[] bytes() {
        var bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("_aws");
            json.writeNumberProperty("Timestamp", timestampMillis);
            json.writeArrayPropertyStart("CloudWatchMetrics");
            writeDirectives(json);
            json.writeEndArray();
            json.writeEndObject();
            texts.forEach(json::writeStringProperty);
            values.forEach((metric, value) -> value.write(json, metric.name()));
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /// One directive for each list of dimensions.
    private void writeDirectives(JsonGenerator json) {
        var byDimensions = values.keySet().stream()
                .collect(Collectors.groupingBy(MetricName::dimensions, LinkedHashMap::new, Collectors.toList()));
        byDimensions.forEach((dimensions, metrics) -> {
            json.writeStartObject();
            json.writeStringProperty("Namespace", Metric.NAMESPACE);
            json.writeArrayPropertyStart("Dimensions");
            json.writeStartArray();
            dimensions.forEach(json::writeString);
            json.writeEndArray();
            json.writeEndArray();
            json.writeArrayPropertyStart("Metrics");
            metrics.forEach(metric -> {
                json.writeStartObject();
                json.writeStringProperty("Name", metric.name());
                json.writeStringProperty("Unit", metric.unit());
                json.writeEndObject();
            });
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
