package vowcheck.bench.micro;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the benchmarks of this package.
public final class MicroBenchmarks {

    private static final int ITERATIONS = 5;

    private MicroBenchmarks() {}

    /// The mean time of each benchmark by its method's name, in microseconds.
    public static Map<String, Double> run(int forks, int iterationMillis) {
        var options = new OptionsBuilder()
                .include("vowcheck\\.bench\\.micro\\..*")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(forks)
                .warmupIterations(ITERATIONS)
                .warmupTime(TimeValue.milliseconds(iterationMillis))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(iterationMillis))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            var micros = new LinkedHashMap<String, Double>();
            for (var result : new Runner(options).run()) {
                var primary = result.getPrimaryResult();
                micros.put(primary.getLabel(), primary.getScore());
            }
            return micros;
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH did not run: " + e.getMessage(), e);
        }
    }
}
