package vowcheck.core.drift;

/// Port: stores reports.
public interface DriftReports {

    /// Stores a report; throws [DriftDataUnavailable] when the store does not answer.
    void keep(DriftReport report);
}
