package vowcheck.core.drift;

import java.time.Instant;
import java.util.Optional;

/// Port: requests a retraining because of drift.
public interface DriftSignal {

    /// Requests a retraining on the rows before the report's cutoff; throws [DriftDataUnavailable] when the request
    /// is not accepted. One training answers all requests for the same report, and all for the same
    /// scheduled check: the schedule delivers a check at least once, and each delivery makes a report.
    ///
    /// @param scheduledAt when the check was scheduled; empty where people started it
    void detected(DriftReport report, Optional<Instant> scheduledAt);
}
