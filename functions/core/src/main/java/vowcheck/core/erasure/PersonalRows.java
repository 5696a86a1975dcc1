package vowcheck.core.erasure;

import java.time.Instant;

/// Port: the database, as far as it has a person's values. Every method throws [PredictionsUnavailable] when it
/// is out of reach.
public interface PersonalRows {

    /// Marks a subject as erased from now on: what was answered before and is stored later is left out. A
    /// subject that is marked already is marked again.
    void bury(ErasureSubject subject, Instant erasedAt);

    /// Deletes the subject's rows and records who did so, in one transaction. What is being stored at the same
    /// moment from the queue is either deleted or left out.
    ///
    /// @param unloggedObjects how many objects were deleted before, for the record
    ErasedCounts erase(ErasureOrder order, Instant erasedAt, long unloggedObjects);
}
