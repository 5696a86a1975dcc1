package vowcheck.core.scoring;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The use case that stores the predictions that wait in the queue. A message that is delivered twice is stored once.
/// What was erased since it was answered is left out.
public final class Relogging {

    private static final Logger LOG = System.getLogger(Relogging.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    /// Long enough that 14 days of it, a message's retention, stay below the queue's limit of receives.
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    private static final int MOST_DOUBLINGS = 9;

    /// With less time than this, no other message is begun.
    private static final Duration SHORTEST = Duration.ofSeconds(5);

    /// A message is begun only if so many times the longest one before it would fit into the time that is left: the
    /// disk may become slower, and the message may have more rows.
    private static final int AMPLE = 2;

    private final PredictionLog log;
    private final PredictionQueue queue;
    private final RandomGenerator random;
    private final Supplier<Duration> timeLeft;

    /// @param random the jitter of the pauses
    /// @param timeLeft for storing rows, from now on; not negative
    public Relogging(PredictionLog log, PredictionQueue queue, RandomGenerator random, Supplier<Duration> timeLeft) {
        this.log = log;
        this.queue = queue;
        this.random = random;
        this.timeLeft = timeLeft;
    }

    /// Stores the requests of messages. While the log is out of reach a message is postponed, for longer at each
    /// delivery. So are the messages that do not fit into the time that is left, measured against those
    /// before them. A message that cannot be read, and one whose rows the log refuses, go to the dead-letter queue.
    public ReloggedBatch relog(List<QueuedMessage> messages) {
        var stored = new ArrayList<ScoredRequest>();
        var postponed = new ArrayList<QueuedMessage>();
        int deadLetters = 0;
        var needed = Duration.ZERO;
        for (var message : messages) {
            var left = timeLeft.get();
            if (left.compareTo(needed) < 0) {
                LOG.log(Level.WARNING, "message {0} stays in the queue: {1} are left", message.id(), left);
                postponed.add(message);
                postpone(message);
                continue;
            }
            try {
                if (!isDone(message, stored)) {
                    queue.sendToDeadLetters(message);
                    deadLetters++;
                }
            } catch (PredictionsUnavailable e) {
                LOG.log(Level.WARNING, "message {0} stays in the queue: {1}", message.id(), e.getMessage());
                postponed.add(message);
                postpone(message);
            }
            needed = longest(needed, SHORTEST, left.minus(timeLeft.get()).multipliedBy(AMPLE));
        }
        return new ReloggedBatch(stored, postponed, deadLetters);
    }

    /// Stores the request of a message, and adds it to those that are stored. Returns whether the message is done
    /// with; if not, it cannot be stored at any later time either.
    private boolean isDone(QueuedMessage message, List<ScoredRequest> stored) {
        try {
            var kept = log.appendLate(queue.read(message));
            queue.discard(message);
            if (!kept.scored().isEmpty()) {
                stored.add(kept);
            }
            return true;
        } catch (LostPredictions e) {
            return isStoredOrErased(e) || refused(message, e);
        } catch (PredictionsRefused | UnreadableMessage e) {
            return refused(message, e);
        }
    }

    private static boolean refused(QueuedMessage message, RuntimeException cause) {
        LOG.log(Level.ERROR, "message {0} goes to the dead-letter queue: {1}", message.id(), cause.getMessage());
        return false;
    }

    /// The message was delivered before, or the request was erased meanwhile: both delete what it points to.
    private boolean isStoredOrErased(LostPredictions lost) {
        return log.find(lost.client(), lost.requestId(), 0, 1).isPresent()
                || log.isErased(lost.client(), lost.requestId());
    }

    private static Duration longest(Duration... durations) {
        return Collections.max(Arrays.asList(durations));
    }

    /// Without time left, the queue is not asked either: a message that is not postponed is delivered again, too.
    private void postpone(QueuedMessage message) {
        try {
            if (timeLeft.get().isPositive()) {
                queue.postpone(message, pause(message.receives()));
                return;
            }
        } catch (PredictionsUnavailable e) {
            LOG.log(Level.WARNING, "message {0} cannot be postponed: {1}", message.id(), e.getMessage());
        }
        LOG.log(
                Level.WARNING,
                "message {0} is delivered again after the visibility timeout of the queue",
                message.id());
    }

    private Duration pause(int receives) {
        int doublings = Math.clamp(receives - 1L, 0, MOST_DOUBLINGS);
        long seconds = Math.min(LONGEST_PAUSE.toSeconds(), FIRST_PAUSE.toSeconds() << doublings);
        return Duration.ofSeconds(random.nextLong(seconds / 2, seconds + 1));
    }
}
