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
    /// Throws [PredictionErased] when the request's client chose the id and the request was erased.
    boolean append(ScoredRequest request);

    /// Stores, as [#append] does, a request that was answered some time ago, without what was erased since: the
    /// applications for erased loans, whose places in the request stay empty, or the whole request. Returns the
    /// request with the applications that were not erased, also where it was stored already.
    ScoredRequest appendLate(ScoredRequest request);

    /// Whether a client's request was erased by its id.
    boolean isErased(ClientName client, RequestId requestId);

    /// Whether a request with that id was erased by it, of whatever client.
    boolean isErased(RequestId requestId);

    /// What is left of the `most` instances of a client's stored request that begin with the instance `from`;
    /// empty if it has no request with that id.
    Optional<LoggedRequest> find(ClientName client, RequestId requestId, int from, int most);

    /// The clients that have a stored request with that id, in the order of their names.
    List<ClientName> clients(RequestId requestId);

    /// At most `most` of the stored predictions of a loan, of all clients, the newest first, after the first `from`.
    LoggedLoan ofLoan(LoanId loanId, int from, int most);
}
