package vowcheck.bench;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import vowcheck.adapters.postgres.Database;
import vowcheck.adapters.postgres.PostgresPredictionLog;
import vowcheck.adapters.postgres.TestDatabase;
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

/// Stores without a function, with the statement that the function uses: the part of an answer's time that PostgreSQL
/// and its disk take.
final class Storing implements AutoCloseable {

    private static final ModelIdentity MODEL = new ModelIdentity(new ModelVersion("1"), Sha256.of(new byte[0]));

    private final Findings findings;
    private final Database database;
    private final PostgresPredictionLog log;
    private long stored;

    Storing(BenchEnvironment environment, Findings findings) {
        this.findings = findings;
        this.database = environment.database("scoring");
        this.log = new PostgresPredictionLog(database, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
    }

    /// Applications with some probabilities.
    static List<ScoredApplication> scored(List<SubmittedApplication> applications) {
        return IntStream.range(0, applications.size())
                .mapToObj(i -> new ScoredApplication(applications.get(i), 1 / (i + 2.0)))
                .toList();
    }

    /// Stores requests with these rows one after another, and gives the nanoseconds of each.
    Histogram store(List<ScoredApplication> rows, AtMost amount) {
        var endpoint = rows.size() == 1 ? Endpoint.SINGLE : Endpoint.BATCH;
        var latencies = new Histogram(3);
        amount.each(() -> {
            var origin = new RequestOrigin(RequestId.random(), endpoint, Purpose.APPLICATION, ClientName.UNKNOWN);
            var request = new ScoredRequest(origin, Instant.now(), MODEL, rows);
            long begun = System.nanoTime();
            try {
                log.append(request);
                latencies.recordValue(System.nanoTime() - begun);
                stored += rows.size();
            } catch (PredictionsUnavailable e) {
                findings.refused("storing alone", e.getMessage());
            }
        });
        return latencies;
    }

    /// How many rows were stored so far.
    long stored() {
        return stored;
    }

    @Override
    public void close() {
        database.close();
    }
}
