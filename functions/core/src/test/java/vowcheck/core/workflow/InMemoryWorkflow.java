package vowcheck.core.workflow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vowcheck.core.training.Outcome;

/// Lock, executions, outcomes and the unconfirmed promotion in memory.
public final class InMemoryWorkflow implements LockObject, Executions, Outcomes, UnconfirmedPromotions {

    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();
    private final Set<String> running = new HashSet<>();
    private @Nullable Held held;
    private @Nullable UnconfirmedPromotion unconfirmed;
    private int states;

    /// An execution starts to run.
    public void start(Execution execution) {
        running.add(execution.name());
    }

    /// An execution ends, however.
    public void end(Execution execution) {
        running.remove(execution.name());
    }

    /// Why an execution's training failed, if it did.
    public Optional<String> failure(Execution execution) {
        return Optional.ofNullable(failures.get(execution.name()));
    }

    /// Whether a training left an outcome.
    public boolean hasOutcome(Execution execution) {
        return outcomes.containsKey(execution.name());
    }

    @Override
    public Optional<Held> held() {
        return Optional.ofNullable(held);
    }

    @Override
    public boolean take(Execution execution) {
        if (held != null) {
            return false;
        }
        held = new Held(execution, "state " + states++);
        return true;
    }

    @Override
    public boolean takeOver(Execution execution, Held former) {
        if (!former.equals(held)) {
            return false;
        }
        held = new Held(execution, "state " + states++);
        return true;
    }

    @Override
    public void free() {
        held = null;
    }

    @Override
    public boolean runs(Execution execution) {
        return running.contains(execution.name());
    }

    @Override
    public Outcome of(Execution execution) {
        @Nullable Outcome outcome = outcomes.get(execution.name());
        if (outcome == null) {
            throw new WorkflowUnavailable("no outcome of %s".formatted(execution.name()));
        }
        return outcome;
    }

    @Override
    public void keep(Execution execution, Outcome outcome) {
        outcomes.put(execution.name(), outcome);
    }

    @Override
    public Optional<UnconfirmedPromotion> current() {
        return Optional.ofNullable(unconfirmed);
    }

    @Override
    public void keep(UnconfirmedPromotion promotion) {
        unconfirmed = promotion;
    }

    @Override
    public void forget() {
        unconfirmed = null;
    }

    @Override
    public void keepFailure(Execution execution, String sentence) {
        failures.put(execution.name(), sentence);
    }
}
