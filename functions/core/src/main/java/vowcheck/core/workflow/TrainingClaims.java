package vowcheck.core.workflow;

import java.util.Optional;

/// Lets one execution train for a cause, however often the cause starts the workflow: EventBridge delivers an
/// event at least once, and gives each execution a name of its own.
public final class TrainingClaims {

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
        return new Ownership(
                        () -> claims.claimed(cause),
                        claimant -> claims.claim(cause, claimant),
                        (claimant, former) -> claims.claimAgain(cause, claimant, former))
                .take(
                        execution,
                        this::answersTheCause,
                        () -> new WorkflowUnavailable(
                                "the claim of %s is changed by other executions".formatted(cause.name())));
    }

    private boolean answersTheCause(Execution holder) {
        return switch (executions.state(holder)) {
            case RUNNING, SUCCEEDED -> true;
            case FAILED, UNKNOWN -> false;
        };
    }
}
