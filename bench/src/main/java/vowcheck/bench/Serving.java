package vowcheck.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Measures a warm environment: single predictions one after another, then batches. An environment serves one
/// request at a time, so this is all that it can do. Every row must be in the database at the end.
final class Serving {

    private static final int BATCH = 1001;
    private static final int LARGE_BATCH = 10_000;

    private final Environment environment;
    private final Effort effort;

    Serving(Environment environment, Effort effort) {
        this.environment = environment;
        this.effort = effort;
    }

    /// Starts a function with `options` for its JVM and measures it.
    Map<Measure, Double> measure(List<String> options) throws IOException, SQLException {
        var figures = new EnumMap<Measure, Double>(Measure.class);
        long storedBefore = environment.stored();
        try (var function = environment.function(options)) {
            figures.putAll(predictions(function));
            figures.put(Measure.RESIDENT_AFTER_PREDICTIONS, function.residentMebibytes());
            var batch = ProxyEvent.of("/batch_predict", Fixtures.batch());
            run(function, batch, effort.batches() / 3);
            figures.putAll(Figures.percentiles(
                    run(function, batch, effort.batches()).latencies(),
                    Measure.BATCH_1001_P50,
                    Measure.BATCH_1001_P90,
                    Measure.BATCH_1001_P99));
            var largeBatch = ProxyEvent.of("/batch_predict", Fixtures.syntheticBatch(LARGE_BATCH));
            run(function, largeBatch, effort.largeBatches() / 3);
            figures.putAll(Figures.percentiles(
                    run(function, largeBatch, effort.largeBatches()).latencies(),
                    Measure.BATCH_10000_P50,
                    Measure.BATCH_10000_P90,
                    Measure.BATCH_10000_P99));
            figures.put(Measure.RESIDENT_AFTER_BATCHES, function.residentMebibytes());
        }
        requireStored(environment.stored() - storedBefore);
        return figures;
    }

    private Map<Measure, Double> predictions(FunctionProcess function) {
        var prediction = ProxyEvent.of("/predict", Fixtures.application());
        run(function, prediction, effort.warmUps());
        var processorTime = function.processorTime();
        var phase = run(function, prediction, effort.predictions());
        double processorMillis = function.processorTime().minus(processorTime).toNanos() / 1e6;
        var figures = new EnumMap<Measure, Double>(Measure.class);
        figures.put(
                Measure.PREDICTIONS_PER_SECOND,
                effort.predictions() / (phase.time().toNanos() / 1e9));
        figures.putAll(Figures.percentiles(
                phase.latencies(), Measure.PREDICTION_P50, Measure.PREDICTION_P90, Measure.PREDICTION_P99));
        figures.put(Measure.PREDICTION_CPU, processorMillis / effort.predictions());
        return figures;
    }

    private Phase run(FunctionProcess function, ProxyEvent event, int times) {
        var latencies = new Histogram(3);
        function.awaitNext();
        long begun = System.nanoTime();
        for (int time = 0; time < times; time++) {
            var answer = function.invoke(event.next(), effort.repetitions());
            latencies.recordValue(answer.ended() - answer.begun());
        }
        function.awaitNext();
        return new Phase(latencies, Duration.ofNanos(System.nanoTime() - begun));
    }

    private void requireStored(long rows) {
        long expected = effort.warmUps()
                + effort.predictions()
                + (long) BATCH * (effort.batches() / 3 + effort.batches())
                + (long) LARGE_BATCH * (effort.largeBatches() / 3 + effort.largeBatches());
        boolean mayRepeat = effort.repetitions() > 0;
        if (mayRepeat ? rows < expected : rows != expected) {
            throw new FunctionFailed("%d predictions are stored, expected %d".formatted(rows, expected));
        }
    }

    /// @param latencies from an event's first byte out to its answer's last byte in, in nanoseconds
    /// @param time of all requests, the function's asking for the next one included
    private record Phase(Histogram latencies, Duration time) {}
}
