package vowcheck.bench.micro;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import vowcheck.bench.Fixtures;
import vowcheck.core.scoring.Scoring;
import vowcheck.core.scoring.SubmittedApplication;

/// Reading the contract's two requests.
@State(Scope.Benchmark)
public class ParseBenchmark {

    private final String application = Fixtures.application();
    private final String batch = Fixtures.batch();

    /// `request_1.json`.
    @Benchmark
    public SubmittedApplication parse_one() {
        return Fixtures.APPLICATION_JSON.one(application);
    }

    /// `request_drift.json`.
    @Benchmark
    public List<SubmittedApplication> parse_1001() {
        return Fixtures.APPLICATION_JSON.batch(batch, Scoring.MOST_INSTANCES);
    }
}
