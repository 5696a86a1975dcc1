package vowcheck.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.scoring.MovableClock;

/// It is 1 June 2025.
class RetentionTest {

    private static final RetentionPeriod PERIOD = new RetentionPeriod(12);
    private static final YearMonth CURRENT = YearMonth.of(2025, 6);
    private static final YearMonth OLDEST = YearMonth.of(2024, 5);

    private final MovableClock clock = new MovableClock();
    private final InMemoryPartitions partitions = new InMemoryPartitions(clock);
    private final Retention retention = new Retention(partitions, PERIOD, clock);

    @Test
    void withoutRowsThePartitionsOfTheComingMonthsAreMade() {
        var report = retention.apply();

        assertThat(report.made()).isEqualTo(months(CURRENT, 4));
        assertThat(partitions.months()).containsExactlyElementsOf(months(CURRENT, 4));
        assertThat(report)
                .isEqualTo(new RetentionReport(
                        clock.instant(), OLDEST, months(CURRENT, 4), List.of(), List.of(), 0, 0, 0, false));
        assertThat(report.complete()).isTrue();
    }

    @Test
    void aSecondRunOfTheSameDayDoesNothing() {
        retention.apply();

        var report = retention.apply();

        assertThat(report.made()).isEmpty();
        assertThat(report.dropped()).isEmpty();
        assertThat(report.complete()).isTrue();
    }

    @Test
    void whatIsWhollyOlderThanThePeriodIsDroppedAndItsRequestsAreForgotten() {
        storedSince(OLDEST.minusMonths(2));

        var report = retention.apply();

        assertThat(report.dropped()).isEqualTo(months(OLDEST.minusMonths(2), 2));
        assertThat(report.requestsDeleted()).isEqualTo(2);
        assertThat(partitions.months().first()).isEqualTo(OLDEST);
        assertThat(partitions.rows(OLDEST)).isEqualTo(1);
    }

    @Test
    void aPeriodThatIsShortenedByYearsDropsAllOfThemInOneRun() {
        storedSince(CURRENT.minusYears(9));

        var report = retention.apply();

        assertThat(report.dropped()).hasSize(12 * 9 - 13);
        assertThat(partitions.months().first()).isEqualTo(OLDEST);
    }

    @Test
    void rowsOutsideGetAPartition() {
        var forgotten = YearMonth.of(2025, 2);
        partitions.store(forgotten);
        partitions.store(forgotten);

        var report = retention.apply();

        assertThat(report.made()).contains(forgotten);
        assertThat(partitions.rows(forgotten)).isEqualTo(2);
        assertThat(report.rowsFoundOutside()).isEqualTo(2);
        assertThat(report.rowsLeftOutside()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2019-03", "1970-01", "0001-01"})
    void aRowThatArrivesAfterThePeriodIsDroppedWithAPartitionOfItsOwn(YearMonth over) {
        partitions.store(over);

        var report = retention.apply();

        assertThat(report.made()).contains(over);
        assertThat(report.dropped()).containsExactly(over);
        assertThat(report.rowsFoundOutside()).isEqualTo(1);
        assertThat(report.requestsDeleted()).isEqualTo(1);
        assertThat(partitions.months()).doesNotContain(over);
    }

    @Test
    void aRowFromAYearAheadStaysOutsideUntilItsMonthComes() {
        var ahead = YearMonth.of(2026, 6);
        partitions.store(ahead);

        assertThat(retention.apply().rowsLeftOutside()).isEqualTo(1);
        clock.pass(Duration.ofDays(365));

        assertThat(retention.apply().rowsLeftOutside()).isZero();
        assertThat(partitions.rows(ahead)).isEqualTo(1);
    }

    @Test
    void aMonthThatNoPartitionCanHaveBlocksNothing() {
        storedSince(OLDEST.minusMonths(1));
        partitions.store(YearMonth.of(0, 12));

        var report = retention.apply();

        assertThat(report.rowsLeftOutside()).isEqualTo(1);
        assertThat(report.dropped()).containsExactly(OLDEST.minusMonths(1));
        assertThat(report.complete()).isTrue();
    }

    /// All of them need the same lock.
    @Test
    void aMonthWhosePartitionIsLockedIsLeftToTheNextRunWithThoseAfterIt() {
        storedSince(OLDEST.minusMonths(3));
        partitions.lock(OLDEST.minusMonths(2));
        partitions.lock(CURRENT.plusMonths(2));

        var report = retention.apply();

        assertThat(report.made()).containsExactly(CURRENT.plusMonths(1));
        assertThat(report.dropped()).containsExactly(OLDEST.minusMonths(3));
        assertThat(report.postponed())
                .containsExactly(
                        OLDEST.minusMonths(2), OLDEST.minusMonths(1), CURRENT.plusMonths(2), CURRENT.plusMonths(3));
        assertThat(report.complete()).isFalse();
        partitions.unlock();
        assertThat(retention.apply().complete()).isTrue();
        assertThat(partitions.months()).containsExactlyElementsOf(months(OLDEST, 17));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5})
    void aRunThatIsCutShortIsCompletedByTheNextOne(int changes) {
        storedSince(OLDEST.minusMonths(3));
        partitions.failAfter(changes);
        assertThatThrownBy(retention::apply).isInstanceOf(PartitionsUnavailable.class);
        partitions.failAfter(Integer.MAX_VALUE);

        var report = retention.apply();

        assertThat(report.complete()).isTrue();
        assertThat(partitions.months()).containsExactlyElementsOf(months(OLDEST, 17));
        assertThat(report.requestsDeleted()).isEqualTo(3);
    }

    @Test
    void moreRequestsThanOneRunMayDeleteAreLeftToTheNextOne() {
        long most = (long) Retention.PORTION * Retention.MOST_PORTIONS;
        partitions.forget(most + 5);

        var report = retention.apply();

        assertThat(report.requestsDeleted()).isEqualTo(most);
        assertThat(report.complete()).isFalse();
        var next = retention.apply();
        assertThat(next.requestsDeleted()).isEqualTo(5);
        assertThat(next.complete()).isTrue();
    }

    @Test
    void requestsThatAreLockedAreLeftToTheNextRun() {
        storedSince(OLDEST.minusMonths(1));
        partitions.lockRequests();

        var report = retention.apply();

        assertThat(report.dropped()).containsExactly(OLDEST.minusMonths(1));
        assertThat(report.requestsDeleted()).isZero();
        assertThat(report.complete()).isFalse();
        partitions.unlock();
        assertThat(retention.apply().requestsDeleted()).isEqualTo(1);
    }

    /// A row in each month from then until now.
    private void storedSince(YearMonth oldest) {
        for (var month = oldest; !month.isAfter(CURRENT); month = month.plusMonths(1)) {
            partitions.make(month);
            partitions.store(month);
        }
    }

    private static List<YearMonth> months(YearMonth first, int count) {
        return Stream.iterate(first, month -> month.plusMonths(1)).limit(count).toList();
    }
}
