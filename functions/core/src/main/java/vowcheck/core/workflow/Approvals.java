package vowcheck.core.workflow;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import vowcheck.core.model.ModelIdentity;

/// Lets a person answer a training that waits for approval. The training then continues: it takes the lock again, and
/// promotes an approved challenger unless another model than the one that it was compared with is in production by
/// then.
public final class Approvals {

    private final PendingApprovals pending;
    private final WaitingExecutions executions;
    private final DecisionAudit audit;

    public Approvals(PendingApprovals pending, WaitingExecutions executions, DecisionAudit audit) {
        this.pending = pending;
        this.executions = executions;
        this.audit = audit;
    }

    /// Approves or rejects a challenger that waits. Throws [ApprovalRefused] where none or several wait under that
    /// name, or the answer comes too late, and [WorkflowUnavailable].
    public Result answer(ModelChoice choice, boolean approved, OperatorsOrder order) {
        var waiting = pending.waiting();
        var found = waiting.stream().filter(it -> choice.isOf(it.challenger())).toList();
        if (found.size() != 1) {
            throw new ApprovalRefused(
                    found.isEmpty()
                            ? "version %s does not wait for approval; %s".formatted(choice, named(waiting))
                            : "%d models are called %s: name one of %s"
                                    .formatted(found.size(), choice, exactNames(found)));
        }
        var asked = found.getFirst();
        List<String> notes = new ArrayList<>();
        var entry = audit.begin(
                ModelDecision.of(
                        order,
                        approved ? ModelDecision.Kind.APPROVED : ModelDecision.Kind.REJECTED,
                        Optional.ofNullable(asked.serving()),
                        asked.challenger()),
                notes::add);
        var answer =
                new ApprovalAnswer(approved, order.operator(), order.reason().text());
        if (!executions.resume(asked.token(), answer)) {
            forget(asked, _ -> {});
            throw new ApprovalRefused(
                    "version %s no longer waits for approval: it was answered already, its time is over, or its training was stopped"
                            .formatted(choice));
        }
        entry.done();
        forget(asked, notes::add);
        return new Result(asked.challenger(), asked.execution(), notes);
    }

    /// The training goes on, also where it is still listed. One that asks anew by another token stays listed.
    private void forget(PendingApproval answered, Consumer<String> notes) {
        try {
            if (pending.waiting().contains(answered)) {
                pending.forgetApproval(answered.execution());
            }
        } catch (WorkflowUnavailable e) {
            notes.accept("version %s is listed as waiting until its training continues: %s"
                    .formatted(answered.challenger().version(), e.getMessage()));
        }
    }

    private static String named(List<PendingApproval> waiting) {
        return waiting.isEmpty() ? "none does" : "these do: " + exactNames(waiting);
    }

    private static String exactNames(List<PendingApproval> waiting) {
        return waiting.stream()
                .map(PendingApproval::challenger)
                .map(ModelIdentity::exactName)
                .collect(joining(", "));
    }

    /// The challenger that was answered about.
    ///
    /// @param execution the training that continues
    /// @param notes what was not done besides; one sentence each
    public record Result(ModelIdentity model, Execution execution, List<String> notes) {

        public Result {
            notes = List.copyOf(notes);
        }
    }
}
