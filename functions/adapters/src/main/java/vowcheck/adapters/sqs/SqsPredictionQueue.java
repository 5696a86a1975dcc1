package vowcheck.adapters.sqs;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.SqsClient;
import vowcheck.adapters.aws.ObjectVersions;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.scoring.LostPredictions;
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

    @Override
    public ScoredRequest read(QueuedMessage message) {
        try {
            var body = JsonDocument.parse(message.body());
            var key = objectKey(body);
            return requests.read(key.isPresent() ? fetched(key.get()) : body);
        } catch (IllegalArgumentException e) {
            throw new UnreadableMessage(String.valueOf(e.getMessage()), e);
        } catch (SdkException e) {
            throw new PredictionsUnavailable("the object of the message cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<String> objectKey(JsonDocument body) {
        return body.has(SqsUnloggedPredictions.OBJECT_KEY)
                ? Optional.of(body.text(SqsUnloggedPredictions.OBJECT_KEY))
                : Optional.empty();
    }

    private JsonDocument fetched(String key) {
        try {
            return JsonDocument.parse(
                    s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                            .asByteArrayUnsafe());
        } catch (NoSuchKeyException e) {
            throw BucketKeys.unloggedRequest(key, LostPredictions::new)
                    .<RuntimeException>map(lost -> lost)
                    .orElseGet(() -> new UnreadableMessage("the object that it points to does not exist", e));
        }
    }

    @Override
    public void discard(QueuedMessage message) {
        objectKey(JsonDocument.parse(message.body())).ifPresent(this::delete);
    }

    /// With all its versions, since it holds applicants' data.
    private void delete(String key) {
        try {
            ObjectVersions.delete(s3, bucket, key);
        } catch (SdkException e) {
            throw new PredictionsUnavailable("the object of the message cannot be deleted: " + e.getMessage(), e);
        }
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
