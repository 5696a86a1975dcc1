package vowcheck.bench.micro;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.bench.Fixtures;
import vowcheck.core.features.Application;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.scoring.Scoring;
import vowcheck.core.scoring.SubmittedApplication;

/// Scores and explains 1001 different applications with the baseline model, so that the processor cannot learn to
/// predict the branches.
@State(Scope.Benchmark)
public class ModelBenchmark {

    private static final int ROWS = 1001;

    private final ScoringModel model = ModelBundle.open(Fixtures.manifest(), Fixtures.model(), FeatureSchema.CURRENT)
            .scoringModel();
    private final List<Application> applications =
            Fixtures.APPLICATION_JSON.batch(Fixtures.batch(), Scoring.MOST_INSTANCES).stream()
                    .map(SubmittedApplication::application)
                    .toList();

    /// The probability of one row.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double score() {
        double sum = 0;
        for (var application : applications) {
            sum += model.probability(application);
        }
        return sum;
    }

    /// The contributions of one row's features.
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double explain() {
        double sum = 0;
        for (var application : applications) {
            sum += model.explain(application).base();
        }
        return sum;
    }
}
