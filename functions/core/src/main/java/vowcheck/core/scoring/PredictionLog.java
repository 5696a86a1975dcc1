package vowcheck.core.scoring;

import java.util.Optional;

/// Port: the permanent store of answered predictions. Every method throws [PredictionsUnavailable] when the
/// store is out of reach.
public interface PredictionLog {

    /// Stores a request's rows, all or none, unless rows with its id are stored already: these stay as they are, and
    /// the result is false. Throws [PredictionsRefused] when the log answers but does not accept the rows.
    boolean append(ScoredRequest request);

    /// What is stored under an id: at most `most` instances of it beginning with the instance `from`; empty when
    /// nothing is.
    Optional<LoggedRequest> find(RequestId requestId, int from, int most);
}
