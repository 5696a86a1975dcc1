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
        values = Collections.unmodifiableMap(Measure.completed(values));
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

    /// The figures of a former run, as far as this bench has figures of the same name.
    static Figures read(JsonDocument document) {
        var figures = document.document("figures");
        var values = new EnumMap<Measure, Double>(Measure.class);
        for (var measure : Measure.values()) {
            if (figures.has(measure.fieldName())) {
                values.put(measure, figures.number(measure.fieldName()));
            }
        }
        return new Figures(Map.of(), values, List.of());
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
    void print(Consumer<String> lines, Optional<Figures> former) {
        surroundings.forEach((name, value) -> lines.accept("  %-20s %s".formatted(name, value)));
        lines.accept("");
        lines.accept("  %-37s %10s %-4s %10s %10s %7s"
                .formatted(
                        "",
                        "measured",
                        "",
                        "target",
                        former.isPresent() ? "former" : "",
                        former.isPresent() ? "ratio" : ""));
        var before = former.map(Figures::values).orElse(Map.of());
        values.forEach((measure, value) -> lines.accept(line(measure, value, before.get(measure))));
        if (former.isPresent() && Collections.disjoint(values.keySet(), before.keySet())) {
            lines.accept("! the former run has none of these figures");
        }
        if (!refusals.isEmpty()) {
            lines.accept("");
            refusals.forEach(refusal -> lines.accept("! " + refusal));
        }
    }

    private static String line(Measure measure, double value, @Nullable Double before) {
        var compared = new StringBuilder();
        if (before != null) {
            compared.append(" %10s".formatted(inWords(before)));
            // A share that is too small to be measured may be negative.
            if (before > 0 && value > 0) {
                compared.append(" %7.2f".formatted(value / before));
            }
        }
        return "%s %-37s %10s %-4s %10s%s"
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
