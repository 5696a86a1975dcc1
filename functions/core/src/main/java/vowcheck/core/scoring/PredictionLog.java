package vowcheck.core.scoring;

import java.util.List;
import java.util.Optional;
import vowcheck.core.clients.ClientName;

/// Port: the permanent store of answered predictions. A request is identified by its client and its id. Every method
/// throws [PredictionsUnavailable] when the store is out of reach.
public interface PredictionLog {

    /// Stores a request's rows, all or none, unless rows of its client with its id are stored already: these stay as
    /// they are, and the result is false. Throws [PredictionsRefused] when the log answers but does not accept the
    /// rows, and [StoringTooSlow] when several rows take too long; whether they are stored is not known then.
    boolean append(ScoredRequest request);

    /// At most `most` instances of a client's stored request, from the instance `from` on; empty if it has none with
    /// that id.
    Optional<LoggedRequest> find(ClientName client, RequestId requestId, int from, int most);

    /// The clients that have a stored request with that id, in the order of their names.
    List<ClientName> clients(RequestId requestId);

    /// At most `most` of the stored predictions of a loan, of all clients, the newest first, after the first `from`.
    LoggedLoan ofLoan(LoanId loanId, int from, int most);
}
