package vowcheck.core.retention;

import java.time.YearMonth;
import java.util.SortedMap;
import java.util.SortedSet;

/// Port: the partitions of the stored predictions, one for each month (UTC). Each method is a transaction of
/// its own, and throws [PartitionsUnavailable] when the store does not answer.
public interface PredictionPartitions {

    /// The months that have a partition.
    SortedSet<YearMonth> months();

    /// The months of the rows that lie outside every partition, with the number of rows.
    SortedMap<YearMonth, Long> outside();

    /// Makes the partition of a month, and moves the month's rows from outside into it. The store refuses a month
    /// before the year 1 and, by its own clock, one that begins in more than a year. Throws [PartitionsLocked],
    /// after some attempts, when other statements hold the locks that this needs.
    ///
    /// @return false if the month has a partition already
    boolean make(YearMonth month);

    /// Drops the partition of a month with its rows. The store refuses a month that by its own clock is not
    /// older than the period. Throws [PartitionsLocked] as [#make] does.
    ///
    /// @return false if the month has no partition
    boolean drop(YearMonth month, RetentionPeriod period);

    /// Deletes requests that have no row any more, and with them their ids, which clients may then use again. Throws
    /// [PartitionsLocked] when other statements hold the locks that this needs.
    ///
    /// @param most how many are deleted at most
    /// @return how many were deleted; fewer than `most` if none is left
    int deleteRequestsWithoutRows(int most);
}
