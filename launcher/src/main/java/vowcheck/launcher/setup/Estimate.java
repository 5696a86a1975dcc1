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

    /// What remains.
    ///
    /// @param running how many seconds ago the running steps were begun
    Remaining remaining(Map<UpStep, Double> running) {
        double scale = scale(running);
        double seconds = stages.stream()
                .mapToDouble(stage -> stage.stream()
                        .mapToDouble(chain -> chain.stream()
                                .mapToDouble(step -> remaining(step, running, scale))
                                .sum())
                        .max()
                        .orElse(0))
                .sum();
        boolean late = running.entrySet().stream()
                .anyMatch(
                        step -> !taken.containsKey(step.getKey()) && step.getValue() > expected(step.getKey(), scale));
        return new Remaining(seconds, late);
    }

    private double remaining(UpStep step, Map<UpStep, Double> running, double scale) {
        return taken.containsKey(step) ? 0 : Math.max(0, expected(step, scale) - running.getOrDefault(step, 0.0));
    }

    private double expected(UpStep step, double scale) {
        return before.containsKey(step) ? before.get(step) : step.seconds() * scale;
    }

    /// How many times longer than the shipped figures this machine takes. A step that runs for longer than its figure
    /// counts, too: by the time it has ended, the estimate would have been wrong for long.
    private double scale(Map<UpStep, Double> running) {
        var measured = new EnumMap<UpStep, Double>(UpStep.class);
        running.forEach((step, seconds) -> {
            if (seconds > step.seconds()) {
                measured.put(step, seconds);
            }
        });
        measured.putAll(before);
        measured.putAll(taken);
        double shipped = ASSUMED_SECONDS
                + measured.keySet().stream().mapToInt(UpStep::seconds).sum();
        double here = ASSUMED_SECONDS
                + measured.values().stream().mapToDouble(it -> it).sum();
        return Math.clamp(here / shipped, FASTEST, SLOWEST);
    }

    /// What will still be taken.
    ///
    /// @param seconds of what is left by the figures; zero where nothing is
    /// @param isLate whether a running step has already taken longer than expected: then nobody knows when
    ///     it ends, and at least so many seconds remain
    record Remaining(double seconds, boolean isLate) {}
}
