package vowcheck.core.scoring;

import java.time.Duration;

/// Port: the receiving end of the queue that [UnloggedPredictions] fills. Every method throws
/// [PredictionsUnavailable] when what it needs is out of reach.
public interface PredictionQueue {

    /// The request that a message holds or points to; throws [LostPredictions] when what it points to is gone,
    /// and [UnreadableMessage] when there is none.
    ScoredRequest read(QueuedMessage message);

    /// Deletes what a message points to, once its request is stored. A message that holds its request is left
    /// alone.
    void discard(QueuedMessage message);

    /// Hides a message for a time, after which it is delivered again.
    void postpone(QueuedMessage message, Duration pause);

    /// Copies a message to the dead-letter queue.
    void sendToDeadLetters(QueuedMessage message);
}
