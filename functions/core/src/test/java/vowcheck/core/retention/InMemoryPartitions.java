package vowcheck.core.retention;

import java.time.YearMonth;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Partitions in memory: how many rows each month has, and how many requests have none any more.
public final class InMemoryPartitions implements PredictionPartitions {

    private final SortedMap<YearMonth, Long> partitions = new TreeMap<>();
    private final SortedMap<YearMonth, Long> outside = new TreeMap<>();
    private final Set<YearMonth> locked = new HashSet<>();
    private long withoutRows;
    private int changesUntilFailure = Integer.MAX_VALUE;

    /// Stores a row of that month, where PostgreSQL would; each is a request.
    public void store(YearMonth month) {
        (partitions.containsKey(month) ? partitions : outside).merge(month, 1L, Long::sum);
    }

    /// From now on, the month's partition can be neither made nor dropped.
    public void lock(YearMonth month) {
        locked.add(month);
    }

    /// Everything can be changed again.
    public void unlock() {
        locked.clear();
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
        var rows = partitions.remove(month);
        withoutRows += rows == null ? 0 : rows;
        return rows != null;
    }

    @Override
    public int deleteRequestsWithoutRows(int most) {
        int deleted = (int) Math.min(most, withoutRows);
        withoutRows -= deleted;
        return deleted;
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
