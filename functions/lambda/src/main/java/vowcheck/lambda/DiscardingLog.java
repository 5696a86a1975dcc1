package vowcheck.lambda;

import java.util.Optional;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.ScoredRequest;

/// A log that stores nothing, for the rehearsal, whose applications are not real.
final class DiscardingLog implements PredictionLog {

    @Override
    public boolean append(ScoredRequest request) {
        return true;
    }

    @Override
    public Optional<LoggedRequest> find(RequestId requestId, int from, int most) {
        return Optional.empty();
    }
}
