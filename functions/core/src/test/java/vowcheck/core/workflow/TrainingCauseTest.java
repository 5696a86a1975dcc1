package vowcheck.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingCauseTest {

    @Test
    void aReportIsKnownByTheTimeOfItsCheck() {
        assertThat(TrainingCause.driftReport("2025-06-01T00:00:04.123456Z").name())
                .isEqualTo("drift-2025-06-01T000004.123456Z");
        assertThat(TrainingCause.driftReport("2025-06-01T00:00:04.1Z"))
                .isEqualTo(TrainingCause.driftReport("2025-06-01T00:00:04.100Z"))
                .isNotEqualTo(TrainingCause.driftReport("2025-06-01T00:00:04.2Z"));
    }

    @Test
    void aScheduledCheckIsKnownByTheTimeOfItsEvent() {
        assertThat(TrainingCause.driftCheck("2025-06-01T00:00:00Z").name()).isEqualTo("check-2025-06-01T000000Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2025-06-01T01:00:00Z, month-2025-06",
        "2025-06-01T01:00:07Z, month-2025-06",
        "2025-06-30T23:59:59Z, month-2025-06",
        "2025-07-01T00:00:00Z, month-2025-07",
        "2025-07-01T00:30:00+02:00, month-2025-06"
    })
    void aMonthIsThatOfItsTimeInUtc(String scheduledAt, String name) {
        assertThat(TrainingCause.month(scheduledAt).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2025-06-01", "2025-06-01T01:00:00", "../../production"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> TrainingCause.month(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the time is '%s', expected one such as 2025-06-01T01:00:00Z".formatted(text));
        assertThatThrownBy(() -> TrainingCause.driftReport(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
