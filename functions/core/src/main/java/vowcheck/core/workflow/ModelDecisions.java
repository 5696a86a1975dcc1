package vowcheck.core.workflow;

import java.time.Instant;

/// Port: the record of decisions about the model in production. Both methods are harmless when they are repeated, and
/// throw [DecisionsUnavailable] when the store does not answer.
public interface ModelDecisions {

    /// Records that a decision is about to be carried out.
    void begun(ModelDecision decision, Instant now);

    /// Records that it has been carried out; harmless where it was not begun.
    void done(ModelDecision decision, Instant now);
}
