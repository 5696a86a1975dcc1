package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonDocument;

/// A file of the champion's bundle is overwritten or lost.
///
/// @param file one of the bundle's files
/// @param lost whether it is deleted
/// @param cold whether the functions that have read it are killed afterwards
record DamagedBundle(String file, boolean lost, boolean cold) implements Act {

    @Override
    public String sentence() {
        return "the champion's %s is %s%s"
                .formatted(file, lost ? "deleted" : "overwritten", cold ? ", and scoring starts anew" : "");
    }

    @Override
    public String perform(WalkedSystem walked) {
        var pointer = JsonDocument.parse(walked.pointer());
        var bucket = walked.system().status().text("bucket");
        try (var s3 = walked.system().aws(S3Client.builder())) {
            var hash = pointer.text("manifest_sha256").toLowerCase(Locale.ROOT);
            var key = key(s3, bucket, pointer.text("model_version"), hash);
            walked.damageBundle(hash);
            if (lost) {
                s3.deleteObject(request -> request.bucket(bucket).key(key));
            } else {
                s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("{}"));
            }
        }
        if (cold) {
            walked.killFunction("scoring");
        }
        return "";
    }

    /// The file below the folder of the pointer's hash, or below that of the version in a bundle of former releases.
    private String key(S3Client s3, String bucket, String version, String hash) {
        var folder = BucketKeys.MODELS + version + "/";
        var files = s3.listObjectsV2(request -> request.bucket(bucket).prefix(folder)).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.equals(folder + file) || key.equals(folder + hash + "/" + file))
                .toList();
        assertThat(files).as("%s below %s", file, folder).isNotEmpty();
        return files.stream().filter(key -> key.contains(hash)).findFirst().orElse(files.getFirst());
    }

    @Override
    public boolean mayStopServing() {
        return true;
    }

    @Override
    public boolean killsFunctions() {
        return cold;
    }
}
