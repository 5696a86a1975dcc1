package vowcheck.core.drift;

import java.time.LocalDate;

/// Port: tells whoever retrains that there is drift.
public interface DriftSignal {

    /// Asks for a retraining on the rows before `cutoff`; throws [DriftDataUnavailable] when nobody takes it.
    void detected(LocalDate cutoff);
}
