package vowcheck.adapters.sqs;

import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.UnloggedPredictions;

/// Sends unlogged predictions to the queue.
public final class SqsUnloggedPredictions implements UnloggedPredictions {

    /// The field of a message that points to an object in the model bucket.
    static final String OBJECT_KEY = "object_key";

    /// A quarter of the largest message (1 MiB), which also was the limit until 2025.
    private static final int MOST_MESSAGE_BYTES = 256 * 1024;

    private final SqsClient sqs;
    private final String queueUrl;
    private final S3Client s3;
    private final String bucket;
    private final ScoredRequestJson requests;

    /// @param bucket where a request that is too large for a message is stored
    /// @param schema the features of this build
    public SqsUnloggedPredictions(SqsClient sqs, String queueUrl, S3Client s3, String bucket, FeatureSchema schema) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.s3 = s3;
        this.bucket = bucket;
        this.requests = new ScoredRequestJson(schema);
    }

    @Override
    public void keep(ScoredRequest request) {
        var json = requests.write(request);
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        try {
            send(bytes.length <= MOST_MESSAGE_BYTES ? json : stored(request, bytes));
        } catch (SdkException e) {
            throw new PredictionsUnavailable("the queue is out of reach", e);
        }
    }

    private String stored(ScoredRequest request, byte[] bytes) {
        var key = BucketKeys.unlogged(request.origin(), Sha256.of(bytes));
        s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
        return new JsonObject().with(OBJECT_KEY, key).json();
    }

    private void send(String body) {
        sqs.sendMessage(message -> message.queueUrl(queueUrl).messageBody(body));
    }
}
