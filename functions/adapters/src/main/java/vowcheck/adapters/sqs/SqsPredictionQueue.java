package vowcheck.adapters.sqs;

import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.SqsClient;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.scoring.PredictionQueue;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.QueuedMessage;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.UnreadableMessage;

/// Reads and moves the messages that [SqsUnloggedPredictions] sent.
public final class SqsPredictionQueue implements PredictionQueue {

    private final SqsClient sqs;
    private final Urls urls;
    private final S3Client s3;
    private final String bucket;
    private final ScoredRequestJson requests;

    /// The URLs of the queue that is read and of its dead-letter queue.
    public record Urls(String unlogged, String deadLetters) {}

    /// @param bucket the bucket of the objects that messages point to
    /// @param schema the features of this build
    public SqsPredictionQueue(SqsClient sqs, Urls urls, S3Client s3, String bucket, FeatureSchema schema) {
        this.sqs = sqs;
        this.urls = urls;
        this.s3 = s3;
        this.bucket = bucket;
        this.requests = new ScoredRequestJson(schema);
    }

    /// {@inheritDoc}
    ///
    /// An object that a message points to is kept, since the message may be delivered again; the bucket's lifecycle
    /// rule expires it.
    @Override
    public ScoredRequest read(QueuedMessage message) {
        try {
            var body = JsonDocument.parse(message.body());
            return requests.read(
                    body.has(SqsUnloggedPredictions.OBJECT_KEY)
                            ? fetched(body.text(SqsUnloggedPredictions.OBJECT_KEY))
                            : body);
        } catch (IllegalArgumentException | NoSuchKeyException e) {
            throw new UnreadableMessage(String.valueOf(e.getMessage()), e);
        } catch (SdkException e) {
            throw new PredictionsUnavailable("the object of the message cannot be read: " + e.getMessage(), e);
        }
    }

    private JsonDocument fetched(String key) {
        return JsonDocument.parse(
                s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArrayUnsafe());
    }

    @Override
    public void postpone(QueuedMessage message, Duration pause) {
        try {
            sqs.changeMessageVisibility(change -> change.queueUrl(urls.unlogged())
                    .receiptHandle(message.receipt())
                    .visibilityTimeout(Math.toIntExact(pause.toSeconds())));
        } catch (SdkException e) {
            throw new PredictionsUnavailable("the queue is out of reach", e);
        }
    }

    @Override
    public void sendToDeadLetters(QueuedMessage message) {
        try {
            sqs.sendMessage(send -> send.queueUrl(urls.deadLetters()).messageBody(message.body()));
        } catch (SdkException e) {
            throw new PredictionsUnavailable("the dead-letter queue is out of reach", e);
        }
    }
}
