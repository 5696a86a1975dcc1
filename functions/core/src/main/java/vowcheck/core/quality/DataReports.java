package vowcheck.core.quality;

/// Port: keeps the last report of each occasion. Methods throw
/// [vowcheck.core.workflow.WorkflowUnavailable] when the store does not answer.
public interface DataReports {

    /// Stores a report in place of the last one of its occasion.
    void keep(DataReport report);
}
