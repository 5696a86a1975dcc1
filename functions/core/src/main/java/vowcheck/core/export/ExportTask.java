package vowcheck.core.export;

/// Port: starts the task that writes the file.
@FunctionalInterface
public interface ExportTask {

    /// Returns as soon as the task is going to run. Throws [ExportUnavailable].
    void start(ExportOrder order);
}
