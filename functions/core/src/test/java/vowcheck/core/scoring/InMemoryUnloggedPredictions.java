package vowcheck.core.scoring;

import java.util.ArrayList;
import java.util.List;

/// A queue in memory that keeps each message, also a second one of the same request.
public final class InMemoryUnloggedPredictions implements UnloggedPredictions {

    private final List<ScoredRequest> requests = new ArrayList<>();

    @Override
    public void keep(ScoredRequest request) {
        requests.add(request);
    }

    /// The messages, in order.
    public List<ScoredRequest> requests() {
        return List.copyOf(requests);
    }
}
