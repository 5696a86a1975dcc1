package vowcheck.core.scoring;

import java.util.Optional;

/// Port: the permanent store of answered predictions. Every method throws [PredictionsUnavailable] when the
/// store is out of reach.
public interface PredictionLog {

    /// Stores a request's rows, all or none, if nothing has its id yet; false when something has, and then stays as
    /// it is.
    boolean append(ScoredRequest request);

    /// What is stored under an id: at most `most` instances of it beginning with the instance `from`; empty when
    /// nothing is.
    Optional<LoggedRequest> find(RequestId requestId, int from, int most);
}
