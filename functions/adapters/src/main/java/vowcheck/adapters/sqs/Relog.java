package vowcheck.adapters.sqs;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.SqsClient;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.postgres.RowsRefused;
import vowcheck.core.scoring.PredictionLog;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.ScoredRequest;

/// Stores what [SqsUnloggedPredictions] sent. A message that comes twice changes nothing.
public final class Relog {

    static final String OBJECT_KEY = "object_key";

    private static final Logger LOG = System.getLogger(Relog.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    /// Short enough that fourteen days of it stay below the receives after which the queue gives up.
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    private static final int MOST_DOUBLINGS = 9;

    private final PredictionLog log;
    private final S3Client s3;
    private final String bucket;
    private final SqsClient sqs;
    private final Queues queues;
    private final RandomGenerator random;

    /// The URLs of the queue that is read, and of the one for what nobody can store.
    public record Queues(String unlogged, String deadLetters) {}

    /// @param bucket where the objects are that messages point to
    /// @param random spreads the pauses
    public Relog(PredictionLog log, S3Client s3, String bucket, SqsClient sqs, Queues queues, RandomGenerator random) {
        this.log = log;
        this.s3 = s3;
        this.bucket = bucket;
        this.sqs = sqs;
        this.queues = queues;
        this.random = random;
    }

    /// Stores what messages hold or point to. Those that must stay in the queue are hidden for a pause that
    /// grows with each attempt. What PostgreSQL itself refuses, or nobody can read, goes to the dead letters.
    public Relogged store(List<UnloggedMessage> messages) {
        var stored = new ArrayList<ScoredRequest>();
        var staying = new ArrayList<String>();
        for (var message : messages) {
            try {
                store(message).ifPresent(stored::add);
            } catch (PredictionsUnavailable | SdkException e) {
                LOG.log(Level.WARNING, "message {0} stays in the queue: {1}", message.id(), e.getMessage());
                staying.add(message.id());
                postpone(message);
            }
        }
        return new Relogged(stored, staying, messages.size() - stored.size() - staying.size());
    }

    /// What is stored of a message; nothing when it went to the dead letters.
    private Optional<ScoredRequest> store(UnloggedMessage message) {
        try {
            var request = request(message.body());
            log.append(request);
            return Optional.of(request);
        } catch (RowsRefused | IllegalArgumentException | NoSuchKeyException e) {
            LOG.log(Level.ERROR, "message {0} goes to the dead letters: {1}", message.id(), e.getMessage());
            sqs.sendMessage(send -> send.queueUrl(queues.deadLetters()).messageBody(message.body()));
            return Optional.empty();
        }
    }

    private ScoredRequest request(String body) {
        var message = JsonDocument.parse(body);
        // An object stays, since its message may come again; the bucket's life cycle clears it away.
        return ScoredRequestJson.read(message.has(OBJECT_KEY) ? fetched(message.text(OBJECT_KEY)) : message);
    }

    private JsonDocument fetched(String key) {
        return JsonDocument.parse(
                s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String());
    }

    private void postpone(UnloggedMessage message) {
        int doublings = Math.clamp(message.receives() - 1L, 0, MOST_DOUBLINGS);
        long seconds = Math.min(LONGEST_PAUSE.toSeconds(), FIRST_PAUSE.toSeconds() << doublings);
        int pause = Math.toIntExact(random.nextLong(seconds / 2, seconds + 1));
        try {
            sqs.changeMessageVisibility(change -> change.queueUrl(queues.unlogged())
                    .receiptHandle(message.receipt())
                    .visibilityTimeout(pause));
        } catch (SdkException e) {
            LOG.log(Level.WARNING, "message {0} comes again by the queue's own pause", message.id());
        }
    }
}
