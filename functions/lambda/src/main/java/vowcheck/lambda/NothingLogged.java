package vowcheck.lambda;

import java.util.Optional;
import vowcheck.core.scoring.LoggedRequest;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.ScoredRequest;

/// Stores nothing, for a rehearsal, whose applications nobody made.
final class NothingLogged implements PredictionLog {

    @Override
    public boolean append(ScoredRequest request) {
        return true;
    }

    @Override
    public Optional<LoggedRequest> find(RequestId requestId, int from, int most) {
        return Optional.empty();
    }
}
