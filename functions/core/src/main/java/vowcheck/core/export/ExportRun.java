package vowcheck.core.export;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// The use case of the task: writes the file of an export.
public final class ExportRun {

    private static final Logger LOG = System.getLogger(ExportRun.class.getName());

    private final ExportedRows rows;
    private final ExportRecords records;
    private final ExportObjects objects;
    private final InstantSource clock;

    public ExportRun(ExportedRows rows, ExportRecords records, ExportObjects objects, InstantSource clock) {
        this.rows = rows;
        this.records = records;
        this.objects = objects;
        this.clock = clock;
    }

    /// Writes the file, and records its end whatever that is. What was not foreseen is thrown on.
    public ExportState run(ExportOrder order) {
        try {
            var done = written(order);
            objects.record(order.id(), done);
            return done;
        } catch (ExportUnavailable e) {
            LOG.log(Level.WARNING, "the export " + order.id() + " failed", e);
            return failed(order, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            failed(order, "the log of the function export has the cause");
            throw e;
        }
    }

    private ExportState written(ExportOrder order) {
        records.begun(order, clock.instant());
        var count = new AtomicLong();
        long bytes = objects.write(order.id(), csv -> count.set(rows.read(order.range(), csv)));
        records.ended(order.id(), count.get(), clock.instant());
        return new ExportState.Done(count.get(), bytes);
    }

    private ExportState failed(ExportOrder order, String reason) {
        var failed = new ExportState.Failed(reason);
        objects.record(order.id(), failed);
        return failed;
    }
}
