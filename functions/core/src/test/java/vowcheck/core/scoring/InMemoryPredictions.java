package vowcheck.core.scoring;

import java.util.ArrayList;
import java.util.List;

/// A log and a queue of predictions in memory that can be taken out of reach.
public final class InMemoryPredictions implements PredictionLog, UnloggedPredictions {

    private final List<ScoredRequest> requests = new ArrayList<>();
    private boolean reachable = true;

    /// Whether rows are taken from now on.
    public void reachable(boolean now) {
        reachable = now;
    }

    /// What was taken, in its order.
    public List<ScoredRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void append(ScoredRequest request) {
        keep(request);
    }

    @Override
    public void keep(ScoredRequest request) {
        if (!reachable) {
            throw new PredictionsNotStored("out of reach", new IllegalStateException("by the test"));
        }
        requests.add(request);
    }
}
