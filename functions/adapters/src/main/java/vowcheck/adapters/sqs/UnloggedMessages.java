package vowcheck.adapters.sqs;

import software.amazon.awssdk.services.s3.S3Client;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.ScoredRequestJson;
import vowcheck.core.scoring.PredictionLog;

/// Stores what [SqsUnloggedPredictions] sent.
public final class UnloggedMessages {

    static final String OBJECT_KEY = "object_key";

    private final PredictionLog log;
    private final S3Client s3;
    private final String bucket;

    public UnloggedMessages(PredictionLog log, S3Client s3, String bucket) {
        this.log = log;
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// Stores the request that a message holds or points to. A message that comes twice changes nothing. Throws
    /// what [PredictionLog#append] throws; then the message has to come again.
    public void store(String body) {
        var message = JsonDocument.parse(body);
        if (!message.has(OBJECT_KEY)) {
            log.append(ScoredRequestJson.read(message));
            return;
        }
        // The object stays, since the message may come again; the bucket's life cycle clears it away.
        log.append(ScoredRequestJson.read(fetched(message.text(OBJECT_KEY))));
    }

    private JsonDocument fetched(String key) {
        return JsonDocument.parse(
                s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String());
    }
}
