package vowcheck.adapters.sqs;

/// A message of the queue of unlogged predictions, as a function gets it.
///
/// @param receipt by which this receipt of the message is named to SQS
/// @param receives how often it was received, this time included
public record UnloggedMessage(String id, String receipt, int receives, String body) {

    /// Names the message only: its body is applicants' data.
    @Override
    public String toString() {
        return "UnloggedMessage[%s]".formatted(id);
    }
}
