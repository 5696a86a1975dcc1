package vowcheck.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import vowcheck.adapters.bundle.ManifestJson;
import vowcheck.adapters.postgres.PostgresDrift;
import vowcheck.core.drift.DriftDataUnavailable;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.Scoring;

/// Measures a warm environment: single predictions one after another, then batches; each kind of request takes turns
/// with
/// storing the same rows without a function. An environment serves one request at a time, so this is its full
/// throughput. Then
/// several environments side by side. At the end every answered row must be in the database.
final class Serving {

    /// Every row of this run is younger.
    private static final LocalDate LONG_AGO = LocalDate.of(2000, 1, 1);

    private final BenchEnvironment environment;
    private final Effort effort;
    private final Findings findings;
    private final Calls calls;

    Serving(BenchEnvironment environment, Effort effort, Findings findings) {
        this.environment = environment;
        this.effort = effort;
        this.findings = findings;
        this.calls = new Calls(effort.repetitions(), findings);
    }

    /// Starts functions with `options` for their JVMs and measures them.
    void measure(List<String> options) throws IOException, SQLException {
        long storedBefore = environment.stored();
        try (var storing = new Storing(environment, findings)) {
            try (var function = environment.function(options)) {
                predictions(function, storing);
                batches(function, storing);
                largeBatches(function, storing);
            }
            countDrift();
            new ParallelEnvironments(environment, effort, calls, findings).measure(options);
            requireStored(environment.stored() - storedBefore, calls.answered() + storing.stored());
        }
    }

    private void predictions(MeasuredFunction function, Storing storing) throws IOException, SQLException {
        findings.begin("predictions");
        var empty = environment.logSize();
        var prediction = ProxyEvent.of("/predict", Fixtures.application());
        calls.run(function, prediction, 1, effort.warmUp());
        var rows = Storing.scored(List.of(Fixtures.APPLICATION_JSON.one(Fixtures.application())));
        var answers = new Turns(List.of(function), environment);
        var stores = new Histogram(3);
        var commits = new Commits(environment);
        for (int turn = 0; turn < effort.turns(); turn++) {
            answers.take(() -> calls.run(function, prediction, 1, effort.turn(effort.predictions())));
            stores.add(storing.store(rows, effort.turn(effort.stores())));
            commits.oneAfterAnother(effort.turn(effort.stores()));
        }
        if (!answers.isEmpty()) {
            findings.add(Measure.PREDICTIONS_PER_SECOND, answers.perSecond());
            findings.addAll(Figures.percentiles(
                    answers.latencies(), Measure.PREDICTION_P50, Measure.PREDICTION_P90, Measure.PREDICTION_P99));
            findings.add(Measure.PREDICTION_CPU, answers.functionMillis());
            findings.add(Measure.PREDICTION_SERVER_CPU, answers.serverMillis());
        }
        findings.addMedian(Measure.STORE_1, stores);
        findings.addMedian(Measure.COMMIT, commits.latencies());
        explainedPredictions(function);
        findings.add(Measure.RESIDENT_AFTER_PREDICTIONS, function.residentMebibytes());
        addBytes(Measure.BYTES_1, empty);
        findings.begin("commits side by side");
        findings.add(Measure.EIGHT_COMMITS_TO_ONE, commits.gain(effort));
    }

    /// Explained and plain predictions alternate, so that other work on the machine slows both.
    private void explainedPredictions(MeasuredFunction function) {
        var plain = ProxyEvent.of("/predict", Fixtures.application());
        var explained = ProxyEvent.of("/predict", Fixtures.application(), Map.of("explain", "true"));
        calls.run(function, explained, 1, effort.explained());
        var ofPlain = new Histogram(3);
        var ofExplained = new Histogram(3);
        effort.explained().each(() -> {
            calls.latency(function, plain, 1).ifPresent(ofPlain::recordValue);
            calls.latency(function, explained, 1).ifPresent(ofExplained::recordValue);
        });
        if (ofPlain.getTotalCount() > 0 && ofExplained.getTotalCount() > 0) {
            findings.add(
                    Measure.EXPLAINED_PREDICTION,
                    (double) ofExplained.getValueAtPercentile(50) / ofPlain.getValueAtPercentile(50));
        }
    }

    private void batches(MeasuredFunction function, Storing storing) throws IOException {
        findings.begin("batches of 1001");
        var batch = new Batch(Fixtures.batch());
        calls.run(function, batch.event, batch.rows.size(), effort.batchWarmUp());
        measure(
                function,
                storing,
                batch,
                effort.batches(),
                new Batch.Measures(
                        Measure.BATCH_1001_P50,
                        Measure.BATCH_1001_P90,
                        Measure.BATCH_1001_P99,
                        Measure.BATCH_1001_CPU,
                        Measure.BATCH_1001_SERVER_CPU,
                        Measure.STORE_1001));
    }

    private void largeBatches(MeasuredFunction function, Storing storing) throws IOException, SQLException {
        findings.begin("batches of 10,000");
        var before = environment.logSize();
        var batch = new Batch(Fixtures.syntheticBatch(Scoring.MOST_INSTANCES));
        var warmUp = calls.run(function, batch.event, batch.rows.size(), effort.largeBatchWarmUp());
        if (warmUp.count() == effort.largeBatchWarmUp().times()) { // a slow machine manages fewer
            findings.add(Measure.RESIDENT_AFTER_TEN_BATCHES, function.residentMebibytes());
        }
        measure(
                function,
                storing,
                batch,
                effort.largeBatches(),
                new Batch.Measures(
                        Measure.BATCH_10000_P50,
                        Measure.BATCH_10000_P90,
                        Measure.BATCH_10000_P99,
                        Measure.BATCH_10000_CPU,
                        Measure.BATCH_10000_SERVER_CPU,
                        Measure.STORE_10000));
        findings.add(Measure.RESIDENT_AFTER_BATCHES, function.residentMebibytes());
        addBytes(Measure.BYTES_10000, before);
    }

    private void measure(
            MeasuredFunction function, Storing storing, Batch batch, AtMost amount, Batch.Measures measures)
            throws IOException {
        var answers = new Turns(List.of(function), environment);
        var stores = new Histogram(3);
        for (int turn = 0; turn < effort.turns(); turn++) {
            answers.take(() -> calls.run(function, batch.event, batch.rows.size(), effort.turn(amount)));
            stores.add(storing.store(batch.rows, effort.turn(amount)));
        }
        if (!answers.isEmpty()) {
            findings.addAll(Figures.percentiles(answers.latencies(), measures.p50, measures.p90, measures.p99));
            findings.add(measures.functionCpu, answers.functionMillis());
            findings.add(measures.serverCpu, answers.serverMillis());
        }
        findings.addMedian(measures.store, stores);
    }

    private void addBytes(Measure measure, LogSize before) throws SQLException {
        var added = environment.logSize().minus(before);
        if (added.rows() > 0) {
            findings.add(measure, (double) added.bytes() / added.rows());
        }
    }

    /// Counts all rows as the drift check does, for a million rows in milliseconds.
    private void countDrift() {
        findings.begin("drift count");
        var reference = ManifestJson.read(Fixtures.manifest(), FeatureSchema.CURRENT)
                .data()
                .reference();
        try (var database = environment.database("drift")) {
            var drift = new PostgresDrift(database);
            var nanosPerMillion = new Histogram(3);
            effort.driftCounts().each(() -> {
                long begun = System.nanoTime();
                long rows = drift.since(LONG_AGO, reference).rows();
                nanosPerMillion.recordValue((System.nanoTime() - begun) * 1_000_000 / Math.max(rows, 1));
            });
            findings.add(Measure.DRIFT_COUNT, nanosPerMillion.getValueAtPercentile(50) / 1e6);
        } catch (DriftDataUnavailable e) {
            findings.refused(Measure.DRIFT_COUNT.title(), e.getMessage());
        }
    }

    /// What was not answered may be stored nevertheless, but not the other way round.
    private void requireStored(long rows, long expected) {
        boolean maybeMore = effort.repetitions() > 0 || findings.hasRefusals();
        if (maybeMore ? rows < expected : rows != expected) {
            findings.refused("stored rows", "%d are stored, %d were answered".formatted(rows, expected));
        }
    }

    /// A batch, for the function and for storing alone.
    private static final class Batch {

        private final ProxyEvent event;
        private final List<ScoredApplication> rows;

        Batch(String json) {
            event = ProxyEvent.of("/batch_predict", json);
            rows = Storing.scored(Fixtures.APPLICATION_JSON.batch(json, Scoring.MOST_INSTANCES));
        }

        private record Measures(
                Measure p50, Measure p90, Measure p99, Measure functionCpu, Measure serverCpu, Measure store) {}
    }
}
