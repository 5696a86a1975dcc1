package vowcheck.core.scoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A queue in memory, with its dead-letter queue, that can be taken out of reach.
final class InMemoryQueue implements PredictionQueue {

    private final Map<String, ScoredRequest> requests = new HashMap<>();
    private final List<QueuedMessage> deadLetters = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<QueuedMessage> discarded = new ArrayList<>();
    private final Map<String, ScoredRequest> lost = new HashMap<>();
    private boolean reachable = true;

    /// Whether messages can be moved from now on.
    void reachable(boolean now) {
        reachable = now;
    }

    /// A message that holds the request.
    QueuedMessage message(ScoredRequest request, int receives) {
        var id = request.requestId().value();
        requests.put(id, request);
        return new QueuedMessage(id, "receipt", receives, "the request");
    }

    /// From now on, what the message points to is gone.
    void lose(QueuedMessage message) {
        lost.put(message.id(), read(message));
        requests.remove(message.id());
    }

    /// The messages whose objects were deleted, in order.
    List<QueuedMessage> discarded() {
        return List.copyOf(discarded);
    }

    List<QueuedMessage> deadLetters() {
        return List.copyOf(deadLetters);
    }

    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    @Override
    public ScoredRequest read(QueuedMessage message) {
        @Nullable ScoredRequest gone = lost.get(message.id());
        if (gone != null) {
            throw new LostPredictions(gone.origin().client(), gone.requestId());
        }
        @Nullable ScoredRequest request = requests.get(message.id());
        if (request == null) {
            throw new UnreadableMessage("not a request", new IllegalArgumentException("by the test"));
        }
        return request;
    }

    @Override
    public void discard(QueuedMessage message) {
        requireReachable();
        discarded.add(message);
    }

    @Override
    public void postpone(QueuedMessage message, Duration pause) {
        requireReachable();
        pauses.add(pause);
    }

    @Override
    public void sendToDeadLetters(QueuedMessage message) {
        requireReachable();
        deadLetters.add(message);
    }

    private void requireReachable() {
        if (!reachable) {
            throw new PredictionsUnavailable("out of reach", new IllegalStateException("by the test"));
        }
    }
}
