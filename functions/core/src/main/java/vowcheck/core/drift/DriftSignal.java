package vowcheck.core.drift;

/// Port: requests a retraining because of drift.
public interface DriftSignal {

    /// Requests a retraining on the rows before the report's cutoff; throws [DriftDataUnavailable] when the request
    /// is not accepted. One training answers all requests for the same report.
    void detected(DriftReport report);
}
