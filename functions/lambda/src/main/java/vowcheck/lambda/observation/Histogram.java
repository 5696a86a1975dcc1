package vowcheck.lambda.observation;

import java.util.List;
import tools.jackson.core.JsonGenerator;
import vowcheck.core.scoring.ScoredApplication;

/// Probabilities, counted in 100 buckets of 0.01. CloudWatch accepts at most 100 values of a metric in a line.
final class Histogram {

    private static final int BUCKETS = 100;

    private final int[] counts = new int[BUCKETS];
    private final int count;
    private double sum;
    private double min = 1;
    private double max;

    /// @param scored at least one
    Histogram(List<ScoredApplication> scored) {
        count = scored.size();
        for (var application : scored) {
            double probability = application.probability();
            counts[Math.min((int) (probability * BUCKETS), BUCKETS - 1)]++;
            sum += probability;
            min = Math.min(min, probability);
            max = Math.max(max, probability);
        }
    }

    /// Writes the buckets' middles and counts in the form that the OpenTelemetry Collector's awsemfexporter sends to
    /// CloudWatch. The specification itself defines only single values, without counts.
    void write(JsonGenerator json, String name) {
        json.writeObjectPropertyStart(name);
        json.writeArrayPropertyStart("Values");
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (counts[bucket] > 0) {
                json.writeNumber((2 * bucket + 1) / (2.0 * BUCKETS));
            }
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("Counts");
        for (int applications : counts) {
            if (applications > 0) {
                json.writeNumber(applications);
            }
        }
        json.writeEndArray();
        json.writeNumberProperty("Max", max);
        json.writeNumberProperty("Min", min);
        json.writeNumberProperty("Count", count);
        json.writeNumberProperty("Sum", sum);
        json.writeEndObject();
    }
}
