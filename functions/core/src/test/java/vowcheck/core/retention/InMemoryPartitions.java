package vowcheck.core.retention;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Partitions in memory: how many rows each month has, and how many requests have none any more. What PostgreSQL
/// refuses by its own clock, it refuses, too.
public final class InMemoryPartitions implements PredictionPartitions {

    private final SortedMap<YearMonth, Long> partitions = new TreeMap<>();
    private final SortedMap<YearMonth, Long> outside = new TreeMap<>();
    private final Set<YearMonth> locked = new HashSet<>();
    private final InstantSource clock;
    private long withoutRows;
    private boolean requestsLocked;
    private int changesUntilFailure = Integer.MAX_VALUE;

    /// @param clock the store's own
    public InMemoryPartitions(InstantSource clock) {
        this.clock = clock;
    }

    /// Stores a row of that month, where PostgreSQL would; each is a request.
    public void store(YearMonth month) {
        (partitions.containsKey(month) ? partitions : outside).merge(month, 1L, Long::sum);
    }

    /// From now on, the month's partition can be neither made nor dropped.
    public void lock(YearMonth month) {
        locked.add(month);
    }

    /// From now on, no request can be deleted.
    public void lockRequests() {
        requestsLocked = true;
    }

    /// Everything can be changed again.
    public void unlock() {
        locked.clear();
        requestsLocked = false;
    }

    /// After so many changes, every further one fails.
    public void failAfter(int changes) {
        changesUntilFailure = changes;
    }

    /// Requests that have no row any more.
    public void forget(long requests) {
        withoutRows += requests;
    }

    /// The number of rows in a month's partition.
    public long rows(YearMonth month) {
        return partitions.getOrDefault(month, 0L);
    }

    @Override
    public SortedSet<YearMonth> months() {
        return new TreeSet<>(partitions.keySet());
    }

    @Override
    public SortedMap<YearMonth, Long> outside() {
        return new TreeMap<>(outside);
    }

    @Override
    public boolean make(YearMonth month) {
        change(month);
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        require(month.getYear() > 0 && !month.atDay(1).isAfter(today.plusYears(1)));
        if (partitions.containsKey(month)) {
            return false;
        }
        var moved = outside.remove(month);
        partitions.put(month, moved == null ? 0L : moved);
        return true;
    }

    @Override
    public boolean drop(YearMonth month, RetentionPeriod period) {
        change(month);
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        require(!month.plusMonths(1).atDay(1).isAfter(today.minusMonths(period.months())));
        var rows = partitions.remove(month);
        withoutRows += rows == null ? 0 : rows;
        return rows != null;
    }

    @Override
    public int deleteRequestsWithoutRows(int most) {
        if (requestsLocked) {
            throw new PartitionsLocked("the requests are locked");
        }
        int deleted = (int) Math.min(most, withoutRows);
        withoutRows -= deleted;
        return deleted;
    }

    private static void require(boolean accepted) {
        if (!accepted) {
            throw new PartitionsUnavailable("the store refuses the month", new IllegalArgumentException("22023"));
        }
    }

    private void change(YearMonth month) {
        if (locked.contains(month)) {
            throw new PartitionsLocked(month + " is locked");
        }
        if (changesUntilFailure-- <= 0) {
            throw new PartitionsUnavailable("the store does not answer", new IllegalStateException("refused"));
        }
    }
}
