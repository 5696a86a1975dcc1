package vowcheck.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// Measures environments side by side, as Lambda runs them: each serves one request at a time, and all of them store in
/// one database, which can write the commits of several to its disk at once. They take turns with one of them alone, so
/// that both are measured on the same machine in the same minute.
final class ParallelEnvironments {

    private final BenchEnvironment environment;
    private final Effort effort;
    private final Calls calls;
    private final Findings findings;
    private final ProxyEvent prediction = ProxyEvent.of("/predict", Fixtures.application());

    ParallelEnvironments(BenchEnvironment environment, Effort effort, Calls calls, Findings findings) {
        this.environment = environment;
        this.effort = effort;
        this.calls = calls;
        this.findings = findings;
    }

    /// Starts functions with `options` for their JVMs and measures them.
    void measure(List<String> options) throws IOException {
        findings.begin("environments side by side");
        List<MeasuredFunction> functions = new ArrayList<>();
        try (var workers = new Workers(effort.environments())) {
            for (int started = 0; started < effort.environments(); started++) {
                var function = environment.function(options);
                functions.add(function);
                function.awaitNext();
            }
            together(workers, functions, effort.parallelWarmUp());
            turns(workers, functions);
        } finally {
            for (var function : functions) {
                function.close();
            }
        }
    }

    private void turns(Workers workers, List<MeasuredFunction> functions) throws IOException {
        var alone = new Turns(functions.subList(0, 1), environment);
        var parallel = new Turns(functions, environment);
        for (int turn = 0; turn < effort.turns(); turn++) {
            alone.take(() -> calls.run(functions.getFirst(), prediction, 1, effort.turn(effort.alone())));
            parallel.take(() -> together(workers, functions, effort.turn(effort.together())));
        }
        if (alone.isEmpty() || parallel.isEmpty()) {
            return;
        }
        findings.add(Measure.EIGHT_PER_SECOND, parallel.perSecond());
        findings.add(Measure.EIGHT_TO_ONE, parallel.perSecond() / alone.perSecond());
        findings.addAll(
                Figures.percentiles(parallel.latencies(), Measure.EIGHT_P50, Measure.EIGHT_P90, Measure.EIGHT_P99));
        findings.add(Measure.EIGHT_CPU, parallel.functionMillis());
        findings.add(Measure.EIGHT_SERVER_CPU, parallel.serverMillis());
        findings.add(Measure.EIGHT_PROCESSORS, parallel.processors());
    }

    private Calls.Phase together(Workers workers, List<MeasuredFunction> functions, AtMost amount) {
        List<Workers.Task<Calls.Phase>> tasks = new ArrayList<>();
        for (var function : functions) {
            tasks.add(() -> calls.run(function, prediction, 1, amount));
        }
        var latencies = new Histogram(3);
        long begun = System.nanoTime();
        workers.all(tasks, amount.within()).forEach(phase -> latencies.add(phase.latencies()));
        return new Calls.Phase(latencies, Duration.ofNanos(System.nanoTime() - begun));
    }
}
