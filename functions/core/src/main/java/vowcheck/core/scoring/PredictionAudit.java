package vowcheck.core.scoring;

import java.util.Optional;
import vowcheck.core.clients.ClientName;

/// Shows stored predictions to those who may see them: the client that asked for them, operators and auditors.
public final class PredictionAudit {

    /// The most instances in one page.
    public static final int PAGE = 500;

    private final PredictionLog log;

    public PredictionAudit(PredictionLog log) {
        this.log = log;
    }

    /// At most [#PAGE] instances of a request of the client that asks, from the instance `from` on.
    ///
    /// Throws [NoSuchPrediction] when this client has no such request, whoever else has one, and
    /// [PredictionErased] when nothing of it is left.
    public LoggedRequest ofClient(ClientName client, RequestId requestId, int from) {
        if (!client.isKnown()) {
            throw new NoSuchPrediction();
        }
        return found(client, requestId, from);
    }

    /// The same for an operator or auditor, who may see the requests of all clients.
    ///
    /// @param client whose request it is; if empty, that of the only client with such a request. Throws
    ///     [AmbiguousRequestId] when there are several, and [PredictionErased] when there is none any more
    public LoggedRequest ofAnyone(Optional<ClientName> client, RequestId requestId, int from) {
        return found(client.orElseGet(() -> onlyClient(requestId)), requestId, from);
    }

    /// At most [#PAGE] of the predictions of a loan, for an operator or auditor, the newest first, after the first
    /// `from`; none if the loan has none.
    public LoggedLoan ofLoan(LoanId loanId, int from) {
        return log.ofLoan(loanId, from, PAGE);
    }

    private ClientName onlyClient(RequestId requestId) {
        var clients = log.clients(requestId);
        if (clients.size() > 1) {
            throw new AmbiguousRequestId(clients);
        }
        return clients.stream().findFirst().orElseThrow(() -> gone(log.isErased(requestId)));
    }

    private LoggedRequest found(ClientName client, RequestId requestId, int from) {
        var logged = log.find(client, requestId, from, PAGE).orElseThrow(() -> gone(log.isErased(client, requestId)));
        if (logged.isErased()) {
            throw PredictionErased.audited();
        }
        return logged;
    }

    private static RuntimeException gone(boolean erased) {
        return erased ? PredictionErased.audited() : new NoSuchPrediction();
    }
}
