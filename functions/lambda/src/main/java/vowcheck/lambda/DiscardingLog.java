package vowcheck.lambda;

import java.util.List;
import java.util.Optional;
import vowcheck.core.clients.ClientName;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.LoggedLoan;
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
    public ScoredRequest appendLate(ScoredRequest request) {
        return request;
    }

    @Override
    public boolean isErased(ClientName client, RequestId requestId) {
        return false;
    }

    @Override
    public boolean isErased(RequestId requestId) {
        return false;
    }

    @Override
    public Optional<LoggedRequest> find(ClientName client, RequestId requestId, int from, int most) {
        return Optional.empty();
    }

    @Override
    public List<ClientName> clients(RequestId requestId) {
        return List.of();
    }

    @Override
    public LoggedLoan ofLoan(LoanId loanId, int from, int most) {
        return new LoggedLoan(List.of(), from, 0);
    }
}
