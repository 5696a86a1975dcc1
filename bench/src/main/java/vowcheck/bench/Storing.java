package vowcheck.bench;

import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import vowcheck.adapters.postgres.PostgresPredictionLog;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.SubmittedApplication;

/// Measures storing on its own, with the statement that the function uses: the part of an answer's time that PostgreSQL
/// and its disk take.
final class Storing {

    private static final int LARGE_BATCH = 10_000;
    private static final int ONES_OF_A_BATCH = 20;
    private static final ModelIdentity MODEL = new ModelIdentity(new ModelVersion("1"), Sha256.of(new byte[0]));

    private final BenchEnvironment environment;
    private final Effort effort;
    private final Refusals refusals;

    Storing(BenchEnvironment environment, Effort effort, Refusals refusals) {
        this.environment = environment;
        this.effort = effort;
        this.refusals = refusals;
    }

    Map<Measure, Double> measure() throws SQLException {
        var one = List.of(Fixtures.APPLICATION_JSON.one(Fixtures.application()));
        var batch = Fixtures.APPLICATION_JSON.batch(Fixtures.batch(), LARGE_BATCH);
        var largeBatch = Fixtures.APPLICATION_JSON.batch(Fixtures.syntheticBatch(LARGE_BATCH), LARGE_BATCH);
        var figures = new EnumMap<Measure, Double>(Measure.class);
        try (var database = environment.database()) {
            var log = new PostgresPredictionLog(database, FeatureSchema.CURRENT);
            figures.putAll(median(Measure.STORE_1, log, one, effort.batches() * ONES_OF_A_BATCH));
            figures.putAll(median(Measure.STORE_1001, log, batch, effort.batches()));
            figures.putAll(median(Measure.STORE_10000, log, largeBatch, effort.largeBatches()));
        }
        return figures;
    }

    private Map<Measure, Double> median(
            Measure measure, PostgresPredictionLog log, List<SubmittedApplication> applications, int times) {
        var scored = IntStream.range(0, applications.size())
                .mapToObj(i -> new ScoredApplication(applications.get(i), 1 / (i + 2.0)))
                .toList();
        var latencies = new Histogram(3);
        for (int time = 0; time < times; time++) {
            var origin = new RequestOrigin(RequestId.random(), Endpoint.BATCH, Purpose.APPLICATION, ClientName.UNKNOWN);
            var request = new ScoredRequest(origin, Instant.now(), MODEL, scored);
            long begun = System.nanoTime();
            try {
                log.append(request);
                latencies.recordValue(System.nanoTime() - begun);
            } catch (PredictionsUnavailable e) {
                refusals.add(measure.title(), e.getMessage());
            }
        }
        return latencies.getTotalCount() == 0 ? Map.of() : Map.of(measure, latencies.getValueAtPercentile(50) / 1e6);
    }
}
