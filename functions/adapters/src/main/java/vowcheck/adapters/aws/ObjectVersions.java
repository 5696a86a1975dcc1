package vowcheck.adapters.aws;

import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/// Deletes objects of a versioned bucket for good: a plain deletion would keep the former versions for a time.
public final class ObjectVersions {

    private ObjectVersions() {}

    /// Deletes every version of the objects whose keys begin with `prefix`, and their delete markers. Returns
    /// how many objects they were. Throws [SdkException]; what is left then is deleted by the next call.
    ///
    /// @param prefix a key, or a folder with its slash
    public static int delete(S3Client s3, String bucket, String prefix) {
        Set<String> keys = new HashSet<>();
        for (var page :
                s3.listObjectVersionsPaginator(list -> list.bucket(bucket).prefix(prefix))) {
            for (var version : page.versions()) {
                delete(s3, bucket, version.key(), version.versionId());
                keys.add(version.key());
            }
            for (var marker : page.deleteMarkers()) {
                delete(s3, bucket, marker.key(), marker.versionId());
            }
        }
        return keys.size();
    }

    /// How many objects have a version, be it a former one of an object that was deleted. Throws [SdkException].
    ///
    /// @param prefix a key, or a folder with its slash
    public static long count(S3Client s3, String bucket, String prefix) {
        return s3.listObjectVersionsPaginator(list -> list.bucket(bucket).prefix(prefix)).versions().stream()
                .map(ObjectVersion::key)
                .distinct()
                .count();
    }

    private static void delete(S3Client s3, String bucket, String key, String version) {
        s3.deleteObject(delete -> delete.bucket(bucket).key(key).versionId(version));
    }
}
