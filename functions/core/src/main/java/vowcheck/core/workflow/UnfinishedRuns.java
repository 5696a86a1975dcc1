package vowcheck.core.workflow;

/// Port: the runs of trainings in the experiment tracker that have not ended. Every method throws
/// [vowcheck.core.model.RegistryUnavailable] when the tracker does not answer, and
/// [vowcheck.core.model.RegistryRefused] when it refuses.
public interface UnfinishedRuns {

    /// Ends the unfinished runs of an execution as killed; how many there were.
    int endOf(Execution execution);

    /// Ends the unfinished runs of every other execution as killed; how many there were. Runs that no execution
    /// started are left alone.
    int endOfOthers(Execution execution);
}
