package vowcheck.core.drift;

import java.time.LocalDate;

/// Port: requests a retraining because of drift.
public interface DriftSignal {

    /// Requests a retraining on the rows before `cutoff`; throws [DriftDataUnavailable] when the request is not
    /// accepted.
    void detected(LocalDate cutoff);
}
