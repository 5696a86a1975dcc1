package vowcheck.core.drift;

/// Port: where reports are kept.
public interface DriftReports {

    /// Keeps a report; throws [DriftDataUnavailable] when the store does not answer.
    void keep(DriftReport report);
}
