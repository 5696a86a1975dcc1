package vowcheck.core.export;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// The days (UTC) whose predictions are exported.
///
/// @param from the first day
/// @param to the last day, not before the first
public record ExportRange(LocalDate from, LocalDate to) {

    /// The most days of one export, a year.
    public static final int MOST_DAYS = 366;

    public ExportRange {
        if (to.isBefore(from)) {
            throw new InvalidExport("to is %s, expected a day from %s (from) on".formatted(to, from));
        }
        if (ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
            throw new InvalidExport(
                    "from %s to %s are more than %d days: export them in parts".formatted(from, to, MOST_DAYS));
        }
    }

    /// The range, if all of it has begun.
    ///
    /// @param today the current day in UTC
    public ExportRange until(LocalDate today) {
        if (to.isAfter(today)) {
            throw new InvalidExport("to is %s, expected no day after %s, today in UTC".formatted(to, today));
        }
        return this;
    }
}
