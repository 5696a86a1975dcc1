package vowcheck.core.erasure;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import vowcheck.core.retention.RetentionPeriod;

/// How long copies of predictions live that no erasure reaches: each ends by itself.
///
/// @param backups how long automatic backups of the database are kept; zero where there are none
/// @param predictions how long the log has a request, and thus knows its id
public record CopiesLifetime(Duration backups, RetentionPeriod predictions) {

    /// How long a message waits in the queue of unlogged predictions, and again in its dead-letter queue.
    public static final Duration QUEUE = Duration.ofDays(14);

    /// How long an object with predictions that were too large for a message is kept if nothing deletes it.
    public static final Duration OBJECT = Duration.ofDays(30);

    /// How long the file of an export is kept.
    public static final Duration EXPORT = Duration.ofDays(1);

    /// How long a file with labelled rows is kept that somebody has imported.
    public static final Duration IMPORT = EXPORT;

    /// How long a deleted object's former version is kept.
    public static final Duration FORMER_OBJECT = Duration.ofDays(1);

    /// Requests are deleted when the whole month of their rows has expired, by a daily run.
    private static final int ROUNDED_MONTHS = 2;

    /// S3 expires objects and their former versions at the midnight (UTC) after.
    private static final Duration ROUNDING = Duration.ofDays(2);

    /// When no message is left that was sent before: not in the queue, and not in the dead-letter queue.
    public Instant lastMessage(Instant erasedAt) {
        return erasedAt.plus(QUEUE).plus(QUEUE);
    }

    /// When no version of an object is left that was written before.
    public Instant lastObject(Instant erasedAt) {
        return erasedAt.plus(OBJECT).plus(FORMER_OBJECT).plus(ROUNDING);
    }

    /// When no version of a file is left that was exported or imported before.
    public Instant lastExport(Instant erasedAt) {
        return erasedAt.plus(EXPORT).plus(FORMER_OBJECT).plus(ROUNDING);
    }

    /// When no automatic backup is left that was made before.
    public Instant lastBackup(Instant erasedAt) {
        return erasedAt.plus(backups);
    }

    /// How long a subject's tombstone is needed. A dead letter may be moved back to the queue at its last
    /// moment, and wait there as long as a new message. A request is refused under its id as long as the log
    /// would know the id.
    public Instant lastTombstone(ErasureSubject subject, Instant erasedAt) {
        return switch (subject) {
            case ErasureSubject.OfLoan _ -> lastMessage(erasedAt).plus(QUEUE);
            case ErasureSubject.OfRequest _ ->
                erasedAt.atOffset(ZoneOffset.UTC)
                        .plusMonths(predictions.months() + ROUNDED_MONTHS)
                        .toInstant();
        };
    }
}
