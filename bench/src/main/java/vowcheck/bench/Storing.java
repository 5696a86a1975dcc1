package vowcheck.bench;

import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import vowcheck.adapters.postgres.PostgresPredictionLog;
import vowcheck.core.features.Application;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.ApiKeyId;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;

/// Measures storing on its own, with the statement that the function uses: the part of an answer's time that PostgreSQL
/// and its disk take.
final class Storing {

    private static final int LARGE_BATCH = 10_000;
    private static final int ONES_OF_A_BATCH = 20;
    private static final ModelIdentity MODEL = new ModelIdentity(new ModelVersion("1"), Sha256.of(new byte[0]));

    private final BenchEnvironment environment;
    private final Effort effort;

    Storing(BenchEnvironment environment, Effort effort) {
        this.environment = environment;
        this.effort = effort;
    }

    Map<Measure, Double> measure() throws SQLException {
        var one = List.of(Fixtures.APPLICATION_JSON.one(Fixtures.application()));
        var batch = Fixtures.APPLICATION_JSON.batch(Fixtures.batch(), LARGE_BATCH);
        var largeBatch = Fixtures.APPLICATION_JSON.batch(Fixtures.syntheticBatch(LARGE_BATCH), LARGE_BATCH);
        var figures = new EnumMap<Measure, Double>(Measure.class);
        try (var database = environment.database()) {
            var log = new PostgresPredictionLog(database, FeatureSchema.CURRENT);
            figures.put(Measure.STORE_1, median(log, one, effort.batches() * ONES_OF_A_BATCH));
            figures.put(Measure.STORE_1001, median(log, batch, effort.batches()));
            figures.put(Measure.STORE_10000, median(log, largeBatch, effort.largeBatches()));
        }
        return figures;
    }

    private static double median(PostgresPredictionLog log, List<Application> applications, int times) {
        var scored = IntStream.range(0, applications.size())
                .mapToObj(i -> new ScoredApplication(applications.get(i), 1 / (i + 2.0)))
                .toList();
        var latencies = new Histogram(3);
        for (int time = 0; time < times; time++) {
            var origin = new RequestOrigin(RequestId.random(), Endpoint.BATCH, Purpose.APPLICATION, ApiKeyId.UNKNOWN);
            var request = new ScoredRequest(origin, Instant.now(), MODEL, scored);
            long begun = System.nanoTime();
            log.append(request);
            latencies.recordValue(System.nanoTime() - begun);
        }
        return latencies.getValueAtPercentile(50) / 1e6;
    }
}
