package vowcheck.adapters.clients;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.clients.KeyEnds;
import vowcheck.core.clients.KeyEndsUnavailable;
import vowcheck.core.clients.KeyId;

/// The ends of API keys in an object of the model bucket, `{"ends":{"clerks-Ab12Cd34":"2026-11-27T12:00:00Z"}}`. It
/// names keys by their ids, so that the functions need no right to read a client's secret.
public final class S3KeyEnds implements KeyEnds {

    /// A client waits for its answer, and the former ends stay in force meanwhile.
    private static final Duration READ_LIMIT = Duration.ofSeconds(1);

    private final S3Client s3;
    private final String bucket;

    public S3KeyEnds(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// {@inheritDoc}
    ///
    /// Without the object, no end is set.
    @Override
    public Map<KeyId, Instant> read() {
        try {
            var ends = JsonDocument.parse(s3.getObjectAsBytes(get -> get.bucket(bucket)
                                    .key(BucketKeys.KEY_ENDS)
                                    .overrideConfiguration(call -> call.apiCallTimeout(READ_LIMIT)))
                            .asByteArrayUnsafe())
                    .document("ends");
            var byKey = new TreeMap<KeyId, Instant>();
            for (var id : ends.names()) {
                byKey.put(new KeyId(id), ClientKeysJson.instant(ends, id));
            }
            return byKey;
        } catch (NoSuchKeyException _) {
            return Map.of();
        } catch (SdkException e) {
            throw new KeyEndsUnavailable("S3 did not read " + BucketKeys.KEY_ENDS, e);
        } catch (IllegalArgumentException e) {
            throw new KeyEndsUnavailable("%s is damaged: %s".formatted(BucketKeys.KEY_ENDS, e.getMessage()), e);
        }
    }

    /// Replaces all ends. Throws [SdkException] when S3 does not take them.
    public void write(Map<KeyId, Instant> ends) {
        var json = new JsonObject();
        new TreeMap<>(ends).forEach((id, end) -> json.with(id.value(), end.toString()));
        s3.putObject(
                put -> put.bucket(bucket).key(BucketKeys.KEY_ENDS),
                RequestBody.fromBytes(new JsonObject().with("ends", json).utf8()));
    }
}
