package vowcheck.adapters.s3;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import vowcheck.adapters.aws.ObjectVersions;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.core.clients.ClientName;
import vowcheck.core.erasure.UnloggedObjects;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.RequestId;

/// The unlogged predictions in the model bucket.
public final class S3UnloggedObjects implements UnloggedObjects {

    private final S3Client s3;
    private final String bucket;

    public S3UnloggedObjects(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public long erase(ClientName client, RequestId requestId) {
        try {
            return ObjectVersions.delete(s3, bucket, BucketKeys.unlogged(client, requestId));
        } catch (SdkException e) {
            throw new PredictionsUnavailable("the objects of a request cannot be deleted: " + e.getMessage(), e);
        }
    }

    @Override
    public long waiting() {
        try {
            return ObjectVersions.count(s3, bucket, BucketKeys.UNLOGGED);
        } catch (SdkException e) {
            throw new PredictionsUnavailable("the objects that wait cannot be listed: " + e.getMessage(), e);
        }
    }
}
