package vowcheck.core.retention;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The use case of the daily run: makes the partitions of the coming months, gives rows outside every partition
/// one, and drops what is older than the retention period. A run that was interrupted is completed by the next
/// one, and of two at the same time each does what the other has not done.
public final class Retention {

    /// For so many months after the current one, partitions are made in advance: the run may fail for a quarter
    /// of a year before a row is stored outside.
    public static final int MONTHS_AHEAD = 3;

    /// So many requests are deleted in one transaction.
    static final int PORTION = 20_000;

    /// So many portions in one run, which then ends within minutes; the next runs delete the rest.
    static final int MOST_PORTIONS = 500;

    /// The first month that a partition can be named after.
    private static final YearMonth FIRST_MONTH = YearMonth.of(1, 1);

    private static final Logger LOG = System.getLogger(Retention.class.getName());

    private final PredictionPartitions partitions;
    private final RetentionPeriod period;
    private final InstantSource clock;

    public Retention(PredictionPartitions partitions, RetentionPeriod period, InstantSource clock) {
        this.partitions = partitions;
        this.period = period;
        this.clock = clock;
    }

    /// The current month and those that follow it for which a partition is made in advance.
    public static List<YearMonth> coming(LocalDate today) {
        var current = YearMonth.from(today);
        return Stream.iterate(current, month -> month.plusMonths(1))
                .limit(MONTHS_AHEAD + 1L)
                .toList();
    }

    /// Does one run. Throws [PartitionsUnavailable].
    public RetentionReport apply() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var oldest = period.oldestMonth(today);
        var outside = partitions.outside();
        var postponed = new TreeSet<YearMonth>();

        var missing = new TreeSet<>(coming(today));
        var newest = missing.last();
        // Also a month that is over, be it of 1970, as of a clock that was reset: its rows are dropped with the
        // partition that they get here. Rows from after the newest month are those of a clock that is wrong by months,
        // and stay where they are.
        outside.keySet().stream()
                .filter(month -> !month.isBefore(FIRST_MONTH) && !month.isAfter(newest))
                .forEach(missing::add);
        missing.removeAll(partitions.months());
        var made = done(missing, partitions::make, postponed);

        var expired = partitions.months().headSet(oldest);
        var dropped = done(expired, month -> partitions.drop(month, period), postponed);

        long deleted = 0;
        boolean left = true;
        for (int portion = 0; left && portion < MOST_PORTIONS; portion++) {
            try {
                int requests = partitions.deleteRequestsWithoutRows(PORTION);
                deleted += requests;
                left = requests == PORTION;
            } catch (PartitionsLocked e) {
                LOG.log(Level.WARNING, "requests without rows are left to the next run: {0}", e.getMessage());
                break;
            }
        }
        return new RetentionReport(
                clock.instant(),
                oldest,
                made,
                dropped,
                List.copyOf(postponed),
                sum(outside.values()),
                sum(partitions.outside().values()),
                deleted,
                left);
    }

    /// Changes one month after another. The same change of each month needs the same lock, so the first one that does
    /// not get it postpones the rest: each of them would wait for a minute, too.
    private static List<YearMonth> done(
            SortedSet<YearMonth> months, Predicate<YearMonth> change, Collection<YearMonth> postponed) {
        var done = new ArrayList<YearMonth>();
        for (var month : months) {
            try {
                if (change.test(month)) {
                    done.add(month);
                }
            } catch (PartitionsLocked e) {
                var rest = months.tailSet(month);
                LOG.log(Level.WARNING, "the partitions of {0} are left to the next run: {1}", rest, e.getMessage());
                postponed.addAll(rest);
                break;
            }
        }
        return done;
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
