package vowcheck.core.workflow;

import java.util.Optional;

/// Lets one execution train for a cause, however often the cause starts the workflow: EventBridge delivers an
/// event at least once, and gives each execution a name of its own.
public final class TrainingClaims {

    /// How often a claim is tried that another execution changes at the same moment. The other one runs, so the
    /// second attempt finds it.
    private static final int ATTEMPTS = 3;

    private final ClaimObjects claims;
    private final Executions executions;

    public TrainingClaims(ClaimObjects claims, Executions executions) {
        this.claims = claims;
        this.executions = executions;
    }

    /// Claims a cause for an execution. Returns the other execution that trains or has trained for this cause; empty
    /// where the cause is this execution's, also when the execution claims it repeatedly. A claim that cannot
    /// be read counts as none, and so does that of an execution that did not succeed or is not known.
    ///
    /// Throws [WorkflowUnavailable] also when others change the claim again and again.
    public Optional<Execution> claim(TrainingCause cause, Execution execution) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (claims.claim(cause, execution)) {
                return Optional.empty();
            }
            var claimed = claims.claimed(cause);
            if (claimed.isEmpty()) {
                continue; // its object was deleted meanwhile
            }
            var holder = claimed.get();
            if (holder.is(execution)) {
                return Optional.empty();
            }
            var other = holder.within(execution).filter(this::answersTheCause);
            if (other.isPresent()) {
                return other;
            }
            if (claims.claimAgain(cause, execution, holder)) {
                return Optional.empty();
            }
        }
        throw new WorkflowUnavailable("the claim of %s is changed by other executions".formatted(cause.name()));
    }

    private boolean answersTheCause(Execution holder) {
        return switch (executions.state(holder)) {
            case RUNNING, SUCCEEDED -> true;
            case FAILED, UNKNOWN -> false;
        };
    }
}
