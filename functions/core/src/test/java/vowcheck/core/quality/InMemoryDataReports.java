package vowcheck.core.quality;

import java.util.ArrayList;
import java.util.List;
import vowcheck.core.workflow.WorkflowUnavailable;

/// Reports in memory, which can be taken out of reach.
public final class InMemoryDataReports implements DataReports {

    private final List<DataReport> kept = new ArrayList<>();
    private boolean reachable = true;

    /// Answers no more.
    public void lose() {
        reachable = false;
    }

    /// All reports, in their order.
    public List<DataReport> kept() {
        return List.copyOf(kept);
    }

    @Override
    public void keep(DataReport report) {
        if (!reachable) {
            throw new WorkflowUnavailable("the reports are out of reach");
        }
        kept.add(report);
    }
}
