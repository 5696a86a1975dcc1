package vowcheck.core.workflow;

import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.WritableModelStore;
import vowcheck.core.training.Outcome;

/// Asks for a person's approval of a challenger, on behalf of the training that made it.
public final class ApprovalRequest {

    private final Outcomes outcomes;
    private final WritableModelStore models;
    private final PendingApprovals pending;

    public ApprovalRequest(Outcomes outcomes, WritableModelStore models, PendingApprovals pending) {
        this.outcomes = outcomes;
        this.models = models;
        this.pending = pending;
    }

    /// Records that an execution waits, and returns for what. Repeated, it replaces the record: an execution has one
    /// token at a time.
    public PendingApproval ask(Execution execution, String token) {
        if (!(outcomes.of(execution) instanceof Outcome outcome)) {
            throw new WorkflowUnavailable("the training %s made no model to approve".formatted(execution.name()));
        }
        var serving = models.inProduction(_ -> {}).map(ModelPointer::model);
        var approval = new PendingApproval(execution, outcome.challenger(), serving.orElse(null), token);
        pending.keep(approval);
        return approval;
    }

    /// The execution waits no longer; harmless if it does not.
    public void withdraw(Execution execution) {
        pending.forgetApproval(execution);
    }
}
