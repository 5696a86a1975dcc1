package vowcheck.lambda.observation;

import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.UnloggedPredictions;

/// Counts the rows that go to the queue.
public final class MeteredUnlogged implements UnloggedPredictions {

    private final UnloggedPredictions queue;
    private final ScoringMetrics metrics;

    public MeteredUnlogged(UnloggedPredictions queue, ScoringMetrics metrics) {
        this.queue = queue;
        this.metrics = metrics;
    }

    @Override
    public void keep(ScoredRequest request) {
        queue.keep(request);
        metrics.unlogged(request);
    }
}
