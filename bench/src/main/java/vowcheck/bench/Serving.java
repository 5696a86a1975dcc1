package vowcheck.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Measures a warm environment: single predictions one after another, then batches. An environment serves one request
/// at a time, so this is its full throughput. At the end every row must be in the database.
final class Serving {

    private static final int BATCH = 1001;
    private static final int LARGE_BATCH = 10_000;

    private final BenchEnvironment environment;
    private final Effort effort;
    private long sent;

    Serving(BenchEnvironment environment, Effort effort) {
        this.environment = environment;
        this.effort = effort;
    }

    /// Starts a function with `options` for its JVM and measures it.
    Map<Measure, Double> measure(List<String> options) throws IOException, SQLException {
        var figures = new EnumMap<Measure, Double>(Measure.class);
        long storedBefore = environment.stored();
        sent = 0;
        try (var function = environment.function(options)) {
            figures.putAll(predictions(function));
            figures.put(Measure.EXPLAINED_PREDICTION, explainedPrediction(function));
            figures.put(Measure.RESIDENT_AFTER_PREDICTIONS, function.residentMebibytes());
            var batch = ProxyEvent.of("/batch_predict", Fixtures.batch());
            run(function, batch, BATCH, effort.batches() / 3);
            figures.putAll(Figures.percentiles(
                    run(function, batch, BATCH, effort.batches()).latencies(),
                    Measure.BATCH_1001_P50,
                    Measure.BATCH_1001_P90,
                    Measure.BATCH_1001_P99));
            var largeBatch = ProxyEvent.of("/batch_predict", Fixtures.syntheticBatch(LARGE_BATCH));
            run(function, largeBatch, LARGE_BATCH, effort.largeBatches() / 3);
            figures.putAll(Figures.percentiles(
                    run(function, largeBatch, LARGE_BATCH, effort.largeBatches())
                            .latencies(),
                    Measure.BATCH_10000_P50,
                    Measure.BATCH_10000_P90,
                    Measure.BATCH_10000_P99));
            figures.put(Measure.RESIDENT_AFTER_BATCHES, function.residentMebibytes());
        }
        requireStored(environment.stored() - storedBefore);
        return figures;
    }

    private Map<Measure, Double> predictions(MeasuredFunction function) {
        var prediction = ProxyEvent.of("/predict", Fixtures.application());
        run(function, prediction, 1, effort.warmUps());
        var processorTime = function.processorTime();
        var phase = run(function, prediction, 1, effort.predictions());
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

    /// Explained and plain predictions alternate, so that other work on the machine slows both.
    private double explainedPrediction(MeasuredFunction function) {
        var plain = ProxyEvent.of("/predict", Fixtures.application());
        var explained = ProxyEvent.of("/predict", Fixtures.application(), Map.of("explain", "true"));
        run(function, explained, 1, effort.warmUps() / 3);
        var ofPlain = new Histogram(3);
        var ofExplained = new Histogram(3);
        for (int time = 0; time < effort.predictions() / 5; time++) {
            ofPlain.recordValue(latency(function, plain, 1));
            ofExplained.recordValue(latency(function, explained, 1));
        }
        return (double) ofExplained.getValueAtPercentile(50) / ofPlain.getValueAtPercentile(50);
    }

    private Phase run(MeasuredFunction function, ProxyEvent event, int rows, int times) {
        var latencies = new Histogram(3);
        function.awaitNext();
        long begun = System.nanoTime();
        for (int time = 0; time < times; time++) {
            latencies.recordValue(latency(function, event, rows));
        }
        function.awaitNext();
        return new Phase(latencies, Duration.ofNanos(System.nanoTime() - begun));
    }

    private long latency(MeasuredFunction function, ProxyEvent event, int rows) {
        var answer = function.invoke(event.next(), effort.repetitions());
        sent += rows;
        return answer.ended() - answer.begun();
    }

    private void requireStored(long rows) {
        boolean mayRepeat = effort.repetitions() > 0;
        if (mayRepeat ? rows < sent : rows != sent) {
            throw new FunctionFailed("%d predictions are stored, expected %d".formatted(rows, sent));
        }
    }

    /// @param latencies from the first byte of an event sent to the last byte of its answer received, in nanoseconds
    /// @param time of all requests, including the function's calls for the next event
    private record Phase(Histogram latencies, Duration time) {}
}
