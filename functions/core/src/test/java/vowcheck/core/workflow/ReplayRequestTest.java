package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vowcheck.core.scoring.MovableClock;

class ReplayRequestTest {

    private final MovableClock clock = new MovableClock();

    @Test
    void theDefaultAreTheCutoffsOfAYear() {
        assertThat(ReplayRequest.monthly(ReplayRequest.FIRST, ReplayRequest.LAST))
                .hasSize(12)
                .startsWith(LocalDate.of(2025, 5, 1), LocalDate.of(2025, 6, 1))
                .endsWith(LocalDate.of(2026, 4, 1));
    }

    @Test
    void theCutoffsOfTheInputKeepTheirOrder() {
        assertThat(ReplayRequest.of(Optional.of(List.of("2025-05-01", "2024-05-01")), true, clock))
                .isEqualTo(new ReplayRequest(List.of(LocalDate.of(2025, 5, 1), LocalDate.of(2024, 5, 1)), true));
    }

    @Test
    void aMonthBeginsOnItsLastDayWhereItIsShorter() {
        assertThat(ReplayRequest.monthly(LocalDate.of(2025, 1, 31), LocalDate.of(2025, 3, 31)))
                .containsExactly(LocalDate.of(2025, 1, 31), LocalDate.of(2025, 2, 28), LocalDate.of(2025, 3, 31));
    }

    @Test
    void whatIsNoCutoffIsRefused() {
        assertThatThrownBy(() -> ReplayRequest.of(Optional.of(List.of("2025-05-01", "soon")), true, clock))
                .isInstanceOf(InvalidCutoff.class)
                .hasMessage("the cutoff is 'soon', expected a date such as 2025-05-01");
        assertThatThrownBy(() -> ReplayRequest.of(Optional.of(List.of("2099-01-01")), true, clock))
                .isInstanceOf(InvalidCutoff.class);
        assertThatThrownBy(() -> ReplayRequest.of(Optional.of(List.of()), true, clock))
                .hasMessage("the replay has no cutoffs, expected at least one");
    }
}
