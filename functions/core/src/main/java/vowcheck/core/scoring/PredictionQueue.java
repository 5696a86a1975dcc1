package vowcheck.core.scoring;

import java.time.Duration;

/// Port: the receiving end of the queue that [UnloggedPredictions] fills. Every method throws
/// [PredictionsUnavailable] when what it needs is out of reach.
public interface PredictionQueue {

    /// The request that a message holds or points to; throws [UnreadableMessage] when there is none.
    ScoredRequest read(QueuedMessage message);

    /// Hides a message for a time, after which it is delivered again.
    void postpone(QueuedMessage message, Duration pause);

    /// Copies a message to the dead-letter queue.
    void sendToDeadLetters(QueuedMessage message);
}
