package vowcheck.core.workflow;

import vowcheck.core.model.ModelIdentity;

/// Port: asks the serving model to score its own smoke application, without logging a prediction.
public interface SmokeCall {

    /// The service's answer, after it has looked for the newest model. Throws [WorkflowUnavailable] when there is
    /// none, and [ServingNotReady] when there will be one in some minutes.
    Answer answer(ModelIdentity expected);

    /// The model that answered, and its probability.
    record Answer(ModelIdentity model, double probability) {}
}
