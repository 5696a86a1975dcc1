package vowcheck.core.scoring;

/// A message of the queue of unlogged predictions, as it was delivered.
///
/// @param receipt names this delivery to the queue
/// @param receives how often the message was delivered, this time included
public record QueuedMessage(String id, String receipt, int receives, String body) {

    /// Names the message only: its body is applicants' data.
    @Override
    public String toString() {
        return "QueuedMessage[%s]".formatted(id);
    }
}
