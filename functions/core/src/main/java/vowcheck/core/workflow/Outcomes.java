package vowcheck.core.workflow;

import vowcheck.core.training.Outcome;

/// Port: what trainings leave for the states that follow. Every method throws [WorkflowUnavailable] when
/// the store does not answer.
public interface Outcomes {

    /// What an execution's training came to; throws [WorkflowUnavailable] too when there is nothing.
    Outcome of(Execution execution);

    /// Leaves what a training came to.
    void keep(Execution execution, Outcome outcome);

    /// Leaves why a training failed, in one sentence.
    void keepFailure(Execution execution, String sentence);
}
