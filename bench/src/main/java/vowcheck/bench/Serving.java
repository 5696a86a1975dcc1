package vowcheck.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/// Measures a warm environment: single predictions one after another, then batches. An environment serves one request
/// at a time, so this is its full throughput. At the end every answered row must be in the database.
final class Serving {

    private static final int BATCH = 1001;
    private static final int LARGE_BATCH = 10_000;

    private final BenchEnvironment environment;
    private final Effort effort;
    private final Refusals refusals;
    private long answered;

    Serving(BenchEnvironment environment, Effort effort, Refusals refusals) {
        this.environment = environment;
        this.effort = effort;
        this.refusals = refusals;
    }

    /// Starts a function with `options` for its JVM and measures it.
    Map<Measure, Double> measure(List<String> options) throws IOException, SQLException {
        var figures = new EnumMap<Measure, Double>(Measure.class);
        long storedBefore = environment.stored();
        answered = 0;
        try (var function = environment.function(options)) {
            figures.putAll(predictions(function));
            figures.putAll(explainedPrediction(function));
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
        long predictions = phase.latencies().getTotalCount();
        if (predictions == 0) {
            return figures;
        }
        figures.put(Measure.PREDICTIONS_PER_SECOND, predictions / (phase.time().toNanos() / 1e9));
        figures.putAll(Figures.percentiles(
                phase.latencies(), Measure.PREDICTION_P50, Measure.PREDICTION_P90, Measure.PREDICTION_P99));
        figures.put(Measure.PREDICTION_CPU, processorMillis / predictions);
        return figures;
    }

    /// Explained and plain predictions alternate, so that other work on the machine slows both.
    private Map<Measure, Double> explainedPrediction(MeasuredFunction function) {
        var plain = ProxyEvent.of("/predict", Fixtures.application());
        var explained = ProxyEvent.of("/predict", Fixtures.application(), Map.of("explain", "true"));
        run(function, explained, 1, effort.warmUps() / 3);
        var ofPlain = new Histogram(3);
        var ofExplained = new Histogram(3);
        for (int time = 0; time < effort.predictions() / 5; time++) {
            latency(function, plain, 1).ifPresent(ofPlain::recordValue);
            latency(function, explained, 1).ifPresent(ofExplained::recordValue);
        }
        return ofPlain.getTotalCount() == 0 || ofExplained.getTotalCount() == 0
                ? Map.of()
                : Map.of(
                        Measure.EXPLAINED_PREDICTION,
                        (double) ofExplained.getValueAtPercentile(50) / ofPlain.getValueAtPercentile(50));
    }

    private Phase run(MeasuredFunction function, ProxyEvent event, int rows, int times) {
        var latencies = new Histogram(3);
        function.awaitNext();
        long begun = System.nanoTime();
        for (int time = 0; time < times; time++) {
            latency(function, event, rows).ifPresent(latencies::recordValue);
        }
        function.awaitNext();
        return new Phase(latencies, Duration.ofNanos(System.nanoTime() - begun));
    }

    /// The nanoseconds to the answer, if it is one with a probability.
    private OptionalLong latency(MeasuredFunction function, ProxyEvent event, int rows) {
        var answer = function.invoke(event.next(), effort.repetitions());
        if (!answer.isSuccess()) {
            refusals.add(rows == 1 ? "predictions" : String.format(Locale.ROOT, "batches of %,d", rows), answer.text());
            return OptionalLong.empty();
        }
        answered += rows;
        return OptionalLong.of(answer.ended() - answer.begun());
    }

    /// What was not answered may be stored nevertheless, but not the other way round.
    private void requireStored(long rows) {
        boolean maybeMore = effort.repetitions() > 0 || !refusals.isEmpty();
        if (maybeMore ? rows < answered : rows != answered) {
            refusals.add("stored rows", "%d are stored, %d were answered".formatted(rows, answered));
        }
    }

    /// @param latencies from the first byte of an event sent to the last byte of its answer received, in nanoseconds
    /// @param time of all requests, including the function's calls for the next event
    private record Phase(Histogram latencies, Duration time) {}
}
