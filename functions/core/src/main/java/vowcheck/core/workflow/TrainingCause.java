package vowcheck.core.workflow;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/// What a rule starts a training for: a scheduled drift check, a drift report or a month. Trainings that people start
/// have no cause.
///
/// @param name unique among all causes, and fit for an object's key, such as `month-2025-06`
public record TrainingCause(String name) {

    /// The report of a drift check.
    ///
    /// @param checkedAt the time of the check, as the report has it, such as `2025-06-01T00:00:04.123456Z`
    public static TrainingCause driftReport(String checkedAt) {
        return new TrainingCause("drift-" + instant(checkedAt).toString().replace(":", ""));
    }

    /// A scheduled drift check, whatever reports its deliveries made.
    ///
    /// @param scheduledAt the time of the scheduled event, such as `2025-06-01T00:00:00Z`
    public static TrainingCause driftCheck(String scheduledAt) {
        return new TrainingCause("check-" + instant(scheduledAt).toString().replace(":", ""));
    }

    /// The month, in UTC, of a schedule that trains once a month.
    ///
    /// @param scheduledAt the time of the scheduled event, such as `2025-06-01T01:00:00Z`
    public static TrainingCause month(String scheduledAt) {
        return new TrainingCause("month-" + YearMonth.from(instant(scheduledAt).atOffset(ZoneOffset.UTC)));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "the time is '%s', expected one such as 2025-06-01T01:00:00Z".formatted(text), e);
        }
    }
}
