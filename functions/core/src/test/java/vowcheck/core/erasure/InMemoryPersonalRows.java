package vowcheck.core.erasure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vowcheck.core.scoring.InMemoryPredictions;
import vowcheck.core.scoring.LoanId;

/// The rows of a log in memory, some labelled rows, and the audit records of erasures.
public final class InMemoryPersonalRows implements PersonalRows {

    private final InMemoryPredictions log;
    private final Map<LoanId, Integer> labelled = new HashMap<>();
    private final List<Recorded> records = new ArrayList<>();

    /// An audit record.
    public record Recorded(ErasureOrder order, Instant erasedAt, ErasedCounts counts) {}

    public InMemoryPersonalRows(InMemoryPredictions log) {
        this.log = log;
    }

    /// Adds labelled rows of a loan.
    public void label(LoanId loanId, int rows) {
        labelled.merge(loanId, rows, Integer::sum);
    }

    /// The audit records, in order.
    public List<Recorded> records() {
        return List.copyOf(records);
    }

    @Override
    public void bury(ErasureSubject subject, Instant erasedAt) {
        switch (subject) {
            case ErasureSubject.OfLoan(var loanId) -> log.bury(loanId, erasedAt);
            case ErasureSubject.OfRequest(var client, var requestId) -> log.bury(client, requestId);
        }
    }

    @Override
    public ErasedCounts erase(ErasureOrder order, Instant erasedAt, long unloggedObjects) {
        var counts = switch (order.subject()) {
            case ErasureSubject.OfLoan(var loanId) -> {
                int predictions = log.erase(loanId);
                var rows = labelled.remove(loanId);
                yield new ErasedCounts(predictions, 0, rows == null ? 0 : rows, unloggedObjects);
            }
            case ErasureSubject.OfRequest(var client, var requestId) -> {
                boolean stored = log.find(client, requestId, 0, 1).isPresent();
                yield new ErasedCounts(log.erase(client, requestId), stored ? 1 : 0, 0, unloggedObjects);
            }
        };
        records.add(new Recorded(order, erasedAt, counts));
        return counts;
    }
}
