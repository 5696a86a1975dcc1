package vowcheck.core.export;

import java.time.Instant;

/// Port: the record of who has exported what. Each method throws [ExportUnavailable] when the store does not
/// answer.
public interface ExportRecords {

    /// Records an export whose rows are about to be read; does nothing if it is on record already.
    void begun(ExportOrder order, Instant now);

    /// Records that so many rows were exported.
    void ended(ExportId id, long rows, Instant now);
}
