package vowcheck.adapters.sqs;

import java.util.List;
import vowcheck.core.scoring.ScoredRequest;

/// What became of a batch of messages.
///
/// @param stored the requests whose rows are stored now, or were already
/// @param staying the ids of the messages that must stay in the queue
/// @param deadLetters how many messages went to the dead letters
public record Relogged(List<ScoredRequest> stored, List<String> staying, int deadLetters) {

    public Relogged {
        stored = List.copyOf(stored);
        staying = List.copyOf(staying);
    }
}
