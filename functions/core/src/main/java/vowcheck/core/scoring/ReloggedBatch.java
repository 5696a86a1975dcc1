package vowcheck.core.scoring;

import java.util.List;

/// The result of [Relogging] a batch of messages.
///
/// @param stored the requests whose rows are in the log now, including those stored at an earlier delivery,
///     without rows that were erased
/// @param postponed the messages that must stay in the queue
/// @param deadLetters how many messages went to the dead-letter queue
public record ReloggedBatch(List<ScoredRequest> stored, List<QueuedMessage> postponed, int deadLetters) {

    public ReloggedBatch {
        stored = List.copyOf(stored);
        postponed = List.copyOf(postponed);
    }
}
