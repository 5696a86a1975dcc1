package vowcheck.core.workflow;

import vowcheck.core.training.Outcome;

/// Port: the results that trainings leave for the later states of the workflow. Every method throws
/// [WorkflowUnavailable] when the store does not answer.
public interface Outcomes {

    /// The outcome of an execution's training. Throws [WorkflowUnavailable] also when there is none.
    Outcome of(Execution execution);

    /// Stores the outcome of a training.
    void keep(Execution execution, Outcome outcome);

    /// Stores why a training failed, in one sentence.
    void keepFailure(Execution execution, String sentence);
}
