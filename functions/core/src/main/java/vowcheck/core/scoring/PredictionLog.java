package vowcheck.core.scoring;

import java.util.Optional;

/// Port: the permanent store of answered predictions. Every method throws [PredictionsUnavailable] when the
/// store is out of reach.
public interface PredictionLog {

    /// Stores a request's rows, all or none, unless rows with its id are stored already: these stay as they are, and
    /// the result is false. Throws [PredictionsRefused] when the log answers but does not accept the rows, and
    /// [StoringTooSlow] when several rows take too long; whether they are stored is not known then.
    boolean append(ScoredRequest request);

    /// At most `most` instances of a stored request, from the instance `from` on; empty if none has that id.
    Optional<LoggedRequest> find(RequestId requestId, int from, int most);
}
