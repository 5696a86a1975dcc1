package vowcheck.core.workflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.IntSupplier;
import vowcheck.core.model.RegistryRefused;
import vowcheck.core.model.RegistryUnavailable;

/// Ends the runs of trainings that were killed: in the tracker, they would be running for ever. Nothing depends on
/// it, so a failure is reported and not thrown: each method returns one sentence for it, or none.
public final class AbandonedRuns {

    private static final Logger LOG = System.getLogger(AbandonedRuns.class.getName());

    private final UnfinishedRuns runs;

    public AbandonedRuns(UnfinishedRuns runs) {
        this.runs = runs;
    }

    /// Ends the runs of an execution that has failed or was stopped.
    public List<String> endOf(Execution execution) {
        return reported(() -> runs.endOf(execution));
    }

    /// Ends the runs of all executions but the holder of the training lock, which is the only one that trains.
    public List<String> endOfOthers(Execution holder) {
        return reported(() -> runs.endOfOthers(holder));
    }

    private static List<String> reported(IntSupplier end) {
        try {
            int ended = end.getAsInt();
            if (ended > 0) {
                LOG.log(Level.INFO, "{0} runs of trainings that were killed are ended", ended);
            }
            return List.of();
        } catch (RegistryUnavailable | RegistryRefused e) {
            var note = "runs of trainings that were killed may still be running in the tracker: " + e.getMessage();
            LOG.log(Level.WARNING, "{0}", note);
            return List.of(note);
        }
    }
}
