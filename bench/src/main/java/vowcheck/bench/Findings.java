package vowcheck.bench;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Collects what a run measures, so that the figures of a run that was ended are not lost. Thread-safe.
final class Findings {

    private final Consumer<String> progress;
    private final Map<String, String> surroundings = new LinkedHashMap<>();
    private final Map<Measure, Double> values = new EnumMap<>(Measure.class);
    private final Refusals refusals = new Refusals();
    private String phase = "nothing yet";

    /// @param progress receives the name of each phase as it begins
    Findings(Consumer<String> progress) {
        this.progress = progress;
    }

    /// Begins a phase.
    synchronized void begin(String name) {
        phase = name;
        progress.accept(name);
    }

    /// The phase that has begun last.
    synchronized String phase() {
        return phase;
    }

    synchronized void add(Measure measure, double value) {
        values.put(measure, value);
    }

    synchronized void addAll(Map<Measure, Double> measured) {
        values.putAll(measured);
    }

    /// Adds the median of nanoseconds, in milliseconds, if there are any.
    void addMedian(Measure measure, Histogram nanos) {
        if (nanos.getTotalCount() > 0) {
            add(measure, nanos.getValueAtPercentile(50) / 1e6);
        }
    }

    /// Adds properties of the machine or the run.
    synchronized void surroundedBy(Map<String, String> properties) {
        surroundings.putAll(properties);
    }

    /// Adds a call that has no part in the figures, and the answer that it got instead.
    synchronized void refused(String call, @Nullable String answer) {
        refusals.add(call, answer);
    }

    synchronized boolean hasRefusals() {
        return !refusals.isEmpty();
    }

    /// What has been measured so far.
    synchronized Figures figures() {
        return new Figures(surroundings, values, refusals.inWords());
    }
}
