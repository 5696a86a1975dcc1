package vowcheck.core.workflow;

import vowcheck.core.training.TrainingResult;

/// Port: the results that trainings leave for the later states of the workflow. Every method throws
/// [WorkflowUnavailable] when the store does not answer.
public interface Outcomes {

    /// The result of an execution's training. Throws [WorkflowUnavailable] also when there is none.
    TrainingResult of(Execution execution);

    /// Stores the result of a training.
    void keep(Execution execution, TrainingResult result);

    /// Stores why a training failed, in one sentence.
    void keepFailure(Execution execution, String sentence);
}
