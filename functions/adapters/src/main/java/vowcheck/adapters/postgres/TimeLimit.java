package vowcheck.adapters.postgres;

import java.time.Duration;

/// How long a statement may take: a base, and some time for each row that it stores or reads, since a slow disk is no
/// outage.
///
/// @param base no limit is shorter; opening a connection may take as long, or [DatabaseAddress#CONNECTING] if
///     that is longer
/// @param most for however many rows
public record TimeLimit(Duration base, Duration perRow, Duration most) {

    /// The same limit for any number of rows.
    public static TimeLimit fixed(Duration limit) {
        return new TimeLimit(limit, Duration.ZERO, limit);
    }

    /// The limit for a statement with so many rows, of which the first is part of the base.
    public Duration of(int rows) {
        var grown = base.plus(perRow.multipliedBy(Math.max(0, rows - 1)));
        var longest = most.compareTo(base) < 0 ? base : most;
        return grown.compareTo(longest) < 0 ? grown : longest;
    }
}
