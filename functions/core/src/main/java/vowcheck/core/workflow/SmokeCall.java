package vowcheck.core.workflow;

import vowcheck.core.model.ModelVersion;

/// Port: asks what serves to score its own smoke application, without logging a prediction.
public interface SmokeCall {

    /// What the service answers once it has looked for the newest model; throws [WorkflowUnavailable] when
    /// it does not answer.
    Answer answer(ModelVersion expected);

    /// The version that answered, and its probability.
    record Answer(ModelVersion version, double probability) {}
}
