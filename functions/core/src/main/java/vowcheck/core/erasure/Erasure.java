package vowcheck.core.erasure;

import java.time.Instant;
import java.time.InstantSource;

/// The use case that erases what is stored about a person.
///
/// The order makes a repetition complete what a failure has interrupted. The tombstone comes first: from then
/// on, nothing that was answered before is stored any more. The rows and the audit record, in one transaction,
/// come last: a record stands for an erasure that is complete.
public final class Erasure {

    private final PersonalRows rows;
    private final UnloggedObjects objects;
    private final InstantSource clock;

    public Erasure(PersonalRows rows, UnloggedObjects objects, InstantSource clock) {
        this.rows = rows;
        this.objects = objects;
        this.clock = clock;
    }

    /// Erases what an operator orders. Nothing may be stored about the subject, or not yet: it is marked all the
    /// same, and may be erased again.
    ///
    /// Throws [PredictionsUnavailable] when the database or the objects are out of reach; then it must be
    /// repeated.
    public Result erase(ErasureOrder order) {
        var erasedAt = clock.instant();
        rows.bury(order.subject(), erasedAt);
        long deleted = 0;
        long waiting = 0;
        switch (order.subject()) {
            case ErasureSubject.OfRequest(var client, var requestId) -> deleted = objects.erase(client, requestId);
            // Each object holds a batch, in which others have applied as well: the loan's rows are left out when it is
            // stored, and then it is deleted.
            case ErasureSubject.OfLoan _ -> waiting = objects.waiting();
        }
        return new Result(erasedAt, rows.erase(order, erasedAt, deleted), waiting);
    }

    /// What was erased.
    ///
    /// @param waitingObjects how many objects of batches wait to be stored that may hold rows of the loan
    public record Result(Instant erasedAt, ErasedCounts erased, long waitingObjects) {}
}
