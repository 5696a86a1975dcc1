package vowcheck.core.retention;

import java.time.LocalDate;
import java.time.YearMonth;

/// How long predictions are kept.
///
/// @param months from [#LEAST_MONTHS] to [#MOST_MONTHS]
public record RetentionPeriod(int months) {

    /// Whoever uses an AI system that assesses creditworthiness keeps its logs for at least six months:
    /// Regulation (EU) 2024/1689, Art. 26 (6).
    public static final int LEAST_MONTHS = 6;

    /// Ten years: more is hardly necessary for a loan of this kind, and rather a typing error.
    public static final int MOST_MONTHS = 120;

    /// Four years: a claim that an applicant was treated wrongly becomes time-barred three years after the end
    /// of its year (sections 195 and 199 of the German Civil Code). Until then the agency may have to show how
    /// the score came about. How long it may keep that is for the agency to decide.
    public static final RetentionPeriod DEFAULT = new RetentionPeriod(48);

    public RetentionPeriod {
        if (months < LEAST_MONTHS || months > MOST_MONTHS) {
            throw new IllegalArgumentException(
                    "retention is %d months, expected %d to %d".formatted(months, LEAST_MONTHS, MOST_MONTHS));
        }
    }

    /// The oldest month that still has a row that must be kept. A day is added to the period, so that a clock
    /// that is some hours ahead drops nothing too soon.
    ///
    /// @param today the current day in UTC
    public YearMonth oldestMonth(LocalDate today) {
        return YearMonth.from(today.minusDays(1).minusMonths(months));
    }
}
