package vowcheck.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPeriodTest {

    /// Every row of the month before would be older than the months and a day.
    @ParameterizedTest
    @CsvSource({
        "6, 2025-06-15, 2024-12",
        "6, 2025-06-30, 2024-12",
        "6, 2025-07-01, 2024-12",
        "6, 2025-07-02, 2025-01",
        "6, 2025-08-31, 2025-02",
        "6, 2025-09-01, 2025-02",
        "6, 2025-09-02, 2025-03",
        "48, 2028-02-29, 2024-02",
    })
    void theOldestMonthIsTheLastOneThatHasARowToKeep(int months, LocalDate today, YearMonth oldest) {
        assertThat(new RetentionPeriod(months).oldestMonth(today)).isEqualTo(oldest);
    }

    /// What is dropped is at least as old as the period, on whatever day of whatever year.
    @Test
    void noRowIsDroppedBeforeThePeriodIsOver() {
        var end = LocalDate.of(2029, 1, 1);
        for (var today = LocalDate.of(2024, 1, 1); today.isBefore(end); today = today.plusDays(1)) {
            var newestDropped =
                    new RetentionPeriod(6).oldestMonth(today).minusMonths(1).atEndOfMonth();
            assertThat(newestDropped.plusMonths(6)).as("on %s", today).isBefore(today);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 5, 121, Integer.MAX_VALUE})
    void otherPeriodsAreRefused(int months) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionPeriod(months))
                .withMessage("retention is %d months, expected 6 to 120", months);
    }
}
