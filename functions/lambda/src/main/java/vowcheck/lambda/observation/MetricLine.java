package vowcheck.lambda.observation;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final long timestampMillis;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<Metric, Double> numbers = new EnumMap<>(Metric.class);
    private final Map<Metric, Histogram> histograms = new EnumMap<>(Metric.class);

    MetricLine(long timestampMillis) {
        this.timestampMillis = timestampMillis;
    }

    /// A dimension, or what else helps to find the line.
    MetricLine with(String name, String text) {
        texts.put(name, text);
        return this;
    }

    MetricLine with(Metric metric, double value) {
        numbers.put(metric, value);
        return this;
    }

    MetricLine with(Metric metric, Histogram values) {
        histograms.put(metric, values);
        return this;
    }

    /// Adds the invocation that is being handled, so that the log's lines of it are found together.
    MetricLine ofThisInvocation() {
        @Nullable String invocation = MDC.get(LogContext.AWS_REQUEST_ID);
        return invocation == null ? this : with(LogContext.AWS_REQUEST_ID, invocation);
    }

    /// In one piece: what is written at once is one event of the log.
    void writeTo(PrintStream log) {
        var bytes = bytes();
        log.write(bytes, 0, bytes.length);
        log.flush();
    }

    /// The line as UTF-8, with its end.
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
            numbers.forEach((metric, value) -> json.writeNumberProperty(metric.metricName(), value));
            histograms.forEach((metric, values) -> values.write(json, metric.metricName()));
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /// One directive for each set of dimensions.
    private void writeDirectives(JsonGenerator json) {
        List<String> dimensions = List.of();
        for (var metric : Metric.values()) {
            if (!numbers.containsKey(metric) && !histograms.containsKey(metric)) {
                continue;
            }
            if (!metric.dimensions().equals(dimensions)) {
                if (!dimensions.isEmpty()) {
                    writeDirectiveEnd(json);
                }
                dimensions = metric.dimensions();
                writeDirectiveStart(json, dimensions);
            }
            json.writeStartObject();
            json.writeStringProperty("Name", metric.metricName());
            json.writeStringProperty("Unit", metric.unit());
            json.writeEndObject();
        }
        writeDirectiveEnd(json);
    }

    private static void writeDirectiveStart(JsonGenerator json, List<String> dimensions) {
        json.writeStartObject();
        json.writeStringProperty("Namespace", Metric.NAMESPACE);
        json.writeArrayPropertyStart("Dimensions");
        json.writeStartArray();
        dimensions.forEach(json::writeString);
        json.writeEndArray();
        json.writeEndArray();
        json.writeArrayPropertyStart("Metrics");
    }

    private static void writeDirectiveEnd(JsonGenerator json) {
        json.writeEndArray();
        json.writeEndObject();
    }
}
