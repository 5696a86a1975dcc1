package vowcheck.adapters.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.RequestId;

class S3UnloggedObjectsTest {

    private static final ClientName CLERKS = ClientName.CLERKS;
    private static final RequestId REQUEST = new RequestId("u.1");

    private final InMemoryS3 s3 = new InMemoryS3();
    private final S3UnloggedObjects objects = new S3UnloggedObjects(s3, "bucket");

    @Test
    void aRequestsObjectsAreDeletedWithAllTheirVersionsAndNoOthers() {
        var twice = put(CLERKS, REQUEST, "a");
        put(CLERKS, REQUEST, "a");
        var deleted = put(CLERKS, REQUEST, "b");
        s3.deleteObject(delete -> delete.bucket("bucket").key(deleted));
        var another = put(CLERKS, new RequestId("u.10"), "a");
        var ofAnother = put(new ClientName("others"), REQUEST, "a");

        assertThat(objects.erase(CLERKS, REQUEST)).isEqualTo(2);

        assertThat(s3.versions(twice)).isZero();
        assertThat(s3.versions(deleted)).isZero();
        assertThat(s3.objects()).containsOnlyKeys(another, ofAnother);
        assertThat(objects.erase(CLERKS, REQUEST)).isZero();
    }

    @Test
    void theObjectsThatWaitAreCounted() {
        put(CLERKS, REQUEST, "a");
        put(new ClientName("others"), REQUEST, "a");
        s3.putObject(put -> put.bucket("bucket").key("models/1"), RequestBody.fromString("a model"));

        assertThat(objects.waiting()).isEqualTo(2);
    }

    /// When an object has expired, its former version is kept for another day.
    @Test
    void aFormerVersionWaitsAsWell() {
        var expired = put(CLERKS, REQUEST, "a");
        s3.deleteObject(delete -> delete.bucket("bucket").key(expired));

        assertThat(objects.waiting()).isEqualTo(1);
        assertThat(objects.erase(CLERKS, REQUEST)).isEqualTo(1);
        assertThat(objects.waiting()).isZero();
    }

    @Test
    void aBucketOutOfReachIsNoticed() {
        s3.reachable(false);

        assertThatThrownBy(() -> objects.erase(CLERKS, REQUEST)).isInstanceOf(PredictionsUnavailable.class);
        assertThatThrownBy(objects::waiting).isInstanceOf(PredictionsUnavailable.class);
    }

    private String put(ClientName client, RequestId requestId, String content) {
        var key = BucketKeys.unlogged(client, requestId)
                + Sha256.of(content.getBytes(UTF_8)).hex() + ".json";
        s3.putObject(put -> put.bucket("bucket").key(key), RequestBody.fromString(content));
        return key;
    }
}
