package vowcheck.bench;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;

/// The figures of one run and the machine they were measured on. Every figure is a median, a percentile or a sum over a
/// phase, never a best value.
///
/// @param surroundings properties of the machine and the database by name, such as `processors` or `fsync`
/// @param refusals what has no part in the figures, in words
record Figures(Map<String, String> surroundings, Map<Measure, Double> values, List<String> refusals) {

    private static final double NANOS_PER_MILLI = 1e6;

    Figures {
        surroundings = Collections.unmodifiableMap(new LinkedHashMap<>(surroundings));
        values = values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(values));
        refusals = List.copyOf(refusals);
    }

    /// Median, ninth decile and 99th percentile of a histogram of nanoseconds, in milliseconds; none of an empty one.
    static Map<Measure, Double> percentiles(Histogram nanos, Measure p50, Measure p90, Measure p99) {
        if (nanos.getTotalCount() == 0) {
            return Map.of();
        }
        return Map.of(
                p50, nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
                p90, nanos.getValueAtPercentile(90) / NANOS_PER_MILLI,
                p99, nanos.getValueAtPercentile(99) / NANOS_PER_MILLI);
    }

    /// The figures as a JSON document.
    String json() {
        var figures = new JsonObject();
        values.forEach((measure, value) -> figures.with(measure.fieldName(), value));
        return new JsonObject()
                .with("surroundings", surroundings)
                .with("figures", figures)
                .with("refusals", refusals)
                .json();
    }

    /// Prints a table, with the ratio to the figures of a former run if there is one.
    void print(Consumer<String> lines, Optional<JsonDocument> former) {
        surroundings.forEach((name, value) -> lines.accept("  %-20s %s".formatted(name, value)));
        lines.accept("");
        lines.accept("  %-33s %10s %-4s %10s %10s %7s"
                .formatted(
                        "",
                        "measured",
                        "",
                        "target",
                        former.isPresent() ? "former" : "",
                        former.isPresent() ? "ratio" : ""));
        for (var measure : values.keySet()) {
            lines.accept(line(
                    measure,
                    former.map(document -> document.document("figures")).orElse(null)));
        }
        if (!refusals.isEmpty()) {
            lines.accept("");
            refusals.forEach(refusal -> lines.accept("! " + refusal));
        }
    }

    private String line(Measure measure, @Nullable JsonDocument former) {
        double value = values.getOrDefault(measure, Double.NaN);
        var compared = "";
        if (former != null && former.has(measure.fieldName())) {
            double before = former.number(measure.fieldName());
            compared = " %10s %7.2f".formatted(inWords(before), value / before);
        }
        return "%s %-33s %10s %-4s %10s%s"
                .formatted(
                        measure.isMissedBy(value) ? "!" : " ",
                        measure.title(),
                        inWords(value),
                        measure.unit(),
                        measure.targetInWords(),
                        compared);
    }

    /// A number with about three significant digits.
    static String inWords(double number) {
        return number >= 100
                ? String.format(Locale.ROOT, "%,.0f", number)
                : number >= 10
                        ? String.format(Locale.ROOT, "%.1f", number)
                        : String.format(Locale.ROOT, "%.3f", number);
    }
}
