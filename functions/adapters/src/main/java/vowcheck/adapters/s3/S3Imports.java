package vowcheck.adapters.s3;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.imports.ImportId;
import vowcheck.core.workflow.WorkflowUnavailable;

/// The objects below `imports/`: for each import a folder with the file, what is to be done with it, and what became
/// of it. Methods throw [WorkflowUnavailable] when S3 does not answer.
public final class S3Imports {

    private final S3Client s3;
    private final String bucket;

    public S3Imports(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// Uploads a file, and the order, which makes it complete.
    public void upload(ImportId id, Path file, JsonObject order) {
        call(
                "take the file",
                () -> s3.putObject(
                        request -> request.bucket(bucket).key(BucketKeys.importFile(id.value())),
                        RequestBody.fromFile(file)));
        write(BucketKeys.importOrder(id.value()), order);
    }

    /// What is to be done with the file.
    public JsonDocument order(ImportId id) {
        return read(BucketKeys.importOrder(id.value()))
                .orElseThrow(() -> new WorkflowUnavailable(
                        "the import %s was not uploaded, or it is older than a day".formatted(id)));
    }

    /// The file, to be read as it arrives and closed.
    public InputStream file(ImportId id) {
        return call(
                "give the file",
                () -> s3.getObject(request -> request.bucket(bucket).key(BucketKeys.importFile(id.value()))));
    }

    /// Writes what became of the file.
    public void writeReport(ImportId id, JsonObject report) {
        write(BucketKeys.importReport(id.value()), report);
    }

    /// What became of the file; empty where nothing is written yet.
    public Optional<JsonDocument> report(ImportId id) {
        return read(BucketKeys.importReport(id.value()));
    }

    private void write(String key, JsonObject content) {
        call(
                "write " + key,
                () -> s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content.utf8())));
    }

    private Optional<JsonDocument> read(String key) {
        return call("read " + key, () -> {
            try {
                return Optional.of(JsonDocument.parse(
                        s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                                .asByteArrayUnsafe()));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    private static <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new WorkflowUnavailable("S3 did not " + what, e);
        }
    }
}
