package vowcheck.launcher.setup;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How long a command will still take. A plan consists of stages, one after the other; a stage consists of chains of
/// steps, side by side. Not safe for use by several threads.
final class Estimate {

    /// A machine that seems faster or slower than this was measured wrongly.
    private static final double FASTEST = 0.25;

    private static final double SLOWEST = 20;

    /// A machine counts as one that takes the shipped figures for as many seconds of work as this, beside what was
    /// measured: a short step that was delayed once says little about the long ones.
    private static final int ASSUMED_SECONDS = 15;

    private final List<List<List<UpStep>>> stages;
    private final Map<UpStep, Double> before;
    private final Map<UpStep, Double> taken = new EnumMap<>(UpStep.class);

    /// @param stages what remains to be done
    /// @param before how many seconds the steps took the last time; for a step that is missing here, the shipped
    ///     figure counts, times how much slower this machine is
    Estimate(List<List<List<UpStep>>> stages, Map<UpStep, Double> before) {
        this.stages = stages;
        this.before = before;
    }

    void ended(UpStep step, double seconds) {
        taken.put(step, seconds);
    }

    /// The remaining seconds.
    ///
    /// @param running how many seconds ago the running steps were begun
    double remaining(Map<UpStep, Double> running) {
        double scale = scale();
        return stages.stream()
                .mapToDouble(stage -> stage.stream()
                        .mapToDouble(chain -> chain.stream()
                                .mapToDouble(step -> remaining(step, running, scale))
                                .sum())
                        .max()
                        .orElse(0))
                .sum();
    }

    private double remaining(UpStep step, Map<UpStep, Double> running, double scale) {
        if (taken.containsKey(step)) {
            return 0;
        }
        double expected = before.containsKey(step) ? before.get(step) : step.seconds() * scale;
        return Math.max(0, expected - running.getOrDefault(step, 0.0));
    }

    /// How many times longer than the shipped figures this machine takes.
    private double scale() {
        var measured = new EnumMap<UpStep, Double>(UpStep.class);
        measured.putAll(before);
        measured.putAll(taken);
        double shipped = ASSUMED_SECONDS
                + measured.keySet().stream().mapToInt(UpStep::seconds).sum();
        double here = ASSUMED_SECONDS
                + measured.values().stream().mapToDouble(it -> it).sum();
        return Math.clamp(here / shipped, FASTEST, SLOWEST);
    }
}
