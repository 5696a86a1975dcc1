package vowcheck.core.workflow;

import java.util.Optional;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.training.Outcome;

/// Port: what trainings leave for the states that follow. Every method throws [WorkflowUnavailable] when
/// the store does not answer.
public interface Outcomes {

    /// What an execution's training came to; throws [WorkflowUnavailable] too when there is nothing.
    Outcome of(Execution execution);

    /// Leaves what a training came to.
    void keep(Execution execution, Outcome outcome);

    /// What was in production before an execution promoted its challenger; empty when there was nothing.
    Optional<ModelPointer> former(Execution execution);

    /// Leaves what is in production before an execution promotes its challenger.
    void keepFormer(Execution execution, Optional<ModelPointer> former);

    /// Leaves why a training failed, in one sentence.
    void keepFailure(Execution execution, String sentence);
}
