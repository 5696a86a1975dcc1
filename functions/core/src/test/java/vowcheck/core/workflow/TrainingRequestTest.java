package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.workflow.TrainingRequest.Opponent;

/// The clock shows 2025-06-01.
class TrainingRequestTest {

    private final MovableClock clock = new MovableClock();

    @Test
    void withoutInputItIsTodayByHand() {
        assertThat(TrainingRequest.of(Optional.empty(), Optional.empty(), clock))
                .isEqualTo(new TrainingRequest(LocalDate.of(2025, 6, 1), "manual", Opponent.PRODUCTION));
    }

    @Test
    void aBlankReasonIsNone() {
        assertThat(TrainingRequest.of(Optional.empty(), Optional.of(" "), clock))
                .isEqualTo(new TrainingRequest(LocalDate.of(2025, 6, 1), "manual", Opponent.PRODUCTION));
    }

    @Test
    void onlyTheReasonDriftIsDrift() {
        assertThat(new TrainingRequest(LocalDate.of(2025, 6, 1), "drift", Opponent.PRODUCTION).isBecauseOfDrift())
                .isTrue();
        assertThat(new TrainingRequest(LocalDate.of(2025, 6, 1), "monthly", Opponent.PRODUCTION).isBecauseOfDrift())
                .isFalse();
    }

    @Test
    void todayIsNotTheFuture() {
        assertThat(TrainingRequest.of(Optional.of("2025-06-01"), Optional.of("drift"), clock))
                .isEqualTo(new TrainingRequest(LocalDate.of(2025, 6, 1), "drift", Opponent.PRODUCTION));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-06-01T00:00:00Z, 2025-06-02",
        "2025-06-01T22:30:00Z, 2025-06-02", // half an hour after midnight in Berlin
        "2025-06-01T23:59:59.999Z, 2025-06-02",
        "2025-06-02T00:00:00Z, 2025-06-03"
    })
    void tomorrowInUtcIsSomebodysToday(Instant now, LocalDate tomorrow) {
        InstantSource atThatTime = InstantSource.fixed(now);
        var after = tomorrow.plusDays(1);

        assertThat(TrainingRequest.of(Optional.of(tomorrow.toString()), Optional.empty(), atThatTime)
                        .cutoff())
                .isEqualTo(tomorrow);
        assertThatThrownBy(() -> TrainingRequest.of(Optional.of(after.toString()), Optional.empty(), atThatTime))
                .isInstanceOf(InvalidCutoff.class)
                .hasMessage("the cutoff %s lies in the future, expected at most %s, which is tomorrow in UTC"
                        .formatted(after, tomorrow));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "2025-02-30", "2025-6-1", "2025-05-01T00:00:00Z"})
    void whatIsNoDateIsRefused(String text) {
        assertThatThrownBy(() -> TrainingRequest.of(Optional.of(text), Optional.empty(), clock))
                .isInstanceOf(InvalidCutoff.class)
                .hasMessageContaining("expected a date");
    }
}
