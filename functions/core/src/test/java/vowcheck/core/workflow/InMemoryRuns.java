package vowcheck.core.workflow;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import vowcheck.core.model.RegistryUnavailable;

/// Unfinished runs in memory, by the names of their executions, that can be taken out of reach.
public final class InMemoryRuns implements UnfinishedRuns {

    private final Set<String> unfinished = new HashSet<>();
    private boolean reachable = true;

    /// An execution starts a run.
    public void start(Execution execution) {
        unfinished.add(execution.name());
    }

    /// Whether the tracker answers from now on.
    public void reachable(boolean now) {
        reachable = now;
    }

    /// The executions that have an unfinished run.
    public Set<String> unfinished() {
        return Set.copyOf(unfinished);
    }

    @Override
    public int endOf(Execution execution) {
        return end(execution.name()::equals);
    }

    @Override
    public int endOfOthers(Execution execution) {
        return end(name -> !name.equals(execution.name()));
    }

    private int end(Predicate<String> isMeant) {
        if (!reachable) {
            throw new RegistryUnavailable("the tracker in memory is out of reach");
        }
        int before = unfinished.size();
        unfinished.removeIf(isMeant);
        return before - unfinished.size();
    }
}
