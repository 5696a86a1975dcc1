package vowcheck.core.retention;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/// What one run has done.
///
/// @param endedAt when it ended
/// @param oldestMonth the oldest month that is kept; everything before it is dropped
/// @param made the months that got a partition
/// @param dropped the months whose partition was dropped with its rows
/// @param postponed the months whose partition could not be made or dropped now, since other statements used
///     the table
/// @param rowsFoundOutside how many rows lay outside every partition when the run began; of these, it moved
///     those whose month got a partition
/// @param rowsLeftOutside how many lie there now
/// @param requestsDeleted how many requests were forgotten with the last of their rows
/// @param requestsLeft whether more requests may be to be forgotten: one run deletes a limited number, and none
///     while other statements lock them
public record RetentionReport(
        Instant endedAt,
        YearMonth oldestMonth,
        List<YearMonth> made,
        List<YearMonth> dropped,
        List<YearMonth> postponed,
        long rowsFoundOutside,
        long rowsLeftOutside,
        long requestsDeleted,
        boolean requestsLeft) {

    public RetentionReport {
        made = List.copyOf(made);
        dropped = List.copyOf(dropped);
        postponed = List.copyOf(postponed);
    }

    /// Whether nothing that this run should have done is left for the next one.
    public boolean complete() {
        return postponed.isEmpty() && !requestsLeft;
    }
}
