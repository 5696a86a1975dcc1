package vowcheck.launcher.chaos;

import java.util.Locale;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelVersion;

/// Somebody writes `production.json` by hand.
///
/// @param cold whether the functions that know the former model are killed afterwards
record DamagedPointer(Damage damage, boolean cold) implements Act {

    private static final ModelVersion UNKNOWN = new ModelVersion("4711");
    private static final String HASH = "manifest_sha256";

    /// What is wrong with it.
    enum Damage {
        /// As PowerShell prints a hash. It can be read.
        HASH_IN_CAPITALS,
        HALF_OF_IT,
        UNKNOWN_VERSION,
        REMOVED
    }

    @Override
    public String sentence() {
        return "production.json: %s%s"
                .formatted(
                        damage.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        cold ? ", and scoring starts anew" : "");
    }

    @Override
    public String perform(WalkedSystem walked) {
        var bucket = walked.system().status().text("bucket");
        try (var s3 = walked.system().aws(S3Client.builder())) {
            if (damage == Damage.REMOVED) {
                s3.deleteObject(request -> request.bucket(bucket).key(BucketKeys.POINTER));
            } else {
                var damaged = damaged(walked.pointer());
                s3.putObject(
                        request -> request.bucket(bucket).key(BucketKeys.POINTER), RequestBody.fromString(damaged));
            }
        }
        if (cold) {
            walked.killFunction("scoring");
        }
        return "";
    }

    private String damaged(String pointer) {
        return switch (damage) {
            case HASH_IN_CAPITALS -> {
                var hash = JsonDocument.parse(pointer).text(HASH);
                yield pointer.replace(hash, hash.toUpperCase(Locale.ROOT));
            }
            case HALF_OF_IT -> pointer.substring(0, pointer.length() / 2);
            case UNKNOWN_VERSION ->
                new JsonObject()
                        .with("model_version", UNKNOWN.value())
                        .with(HASH, "0".repeat(64))
                        .json();
            case REMOVED -> throw new IllegalStateException("a pointer that is removed has no text");
        };
    }

    @Override
    public boolean mayStopServing() {
        return damage != Damage.HASH_IN_CAPITALS;
    }

    @Override
    public boolean killsFunctions() {
        return cold;
    }
}
