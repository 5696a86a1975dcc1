package vowcheck.core.export;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The use case of the auditors' calls: orders an export, and says how far it is.
public final class PredictionExports {

    /// How long a link to a file is valid; another one can be had as long as the file is kept.
    public static final Duration LINK_VALID = Duration.ofMinutes(15);

    /// After this time, a task that has not ended never will: Lambda begins it within a minute or not at all, and ends
    /// it after 15 minutes.
    private static final Duration LONGEST = Duration.ofMinutes(16);

    private final ExportObjects objects;
    private final ExportTask task;
    private final InstantSource clock;
    private final RandomGenerator random;

    public PredictionExports(ExportObjects objects, ExportTask task, InstantSource clock, RandomGenerator random) {
        this.objects = objects;
        this.task = task;
        this.clock = clock;
        this.random = random;
    }

    /// Orders an export. Throws [InvalidExport] for days that have not begun, and [ExportUnavailable].
    public ExportId order(ExportRange range, String requestedBy, Optional<String> reason) {
        var now = clock.instant();
        var days = range.until(LocalDate.ofInstant(now, ZoneOffset.UTC));
        var order = new ExportOrder(ExportId.of(now, random), days, requestedBy, reason);
        objects.record(order.id(), new ExportState.Running(now));
        task.start(order);
        return order.id();
    }

    /// How far an export is. Throws [NoSuchExport] and [ExportUnavailable].
    public ExportState state(ExportId id) {
        var state = objects.state(id).orElseThrow(NoSuchExport::new);
        return state instanceof ExportState.Running(var since) && isOver(since)
                ? new ExportState.Failed("it took longer than a quarter of an hour: export fewer days at a time")
                : state;
    }

    /// A new link to the file of an export that is done.
    public Link link(ExportId id) {
        return new Link(objects.link(id, LINK_VALID), clock.instant().plus(LINK_VALID));
    }

    private boolean isOver(Instant since) {
        return clock.instant().isAfter(since.plus(LONGEST));
    }

    /// A link, and until when it is valid.
    public record Link(String url, Instant validUntil) {}
}
