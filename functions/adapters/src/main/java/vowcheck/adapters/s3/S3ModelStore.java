package vowcheck.adapters.s3;

import static vowcheck.adapters.deployment.BucketKeys.POINTER;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.tribuo.ReadableReleases;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.WritableModelStore;

/// Model bundles in S3. Remembers the pointer's ETag, so that reading an unchanged pointer again costs one answer
/// without a body. Thread-safe.
public final class S3ModelStore implements WritableModelStore {

    private static final int NOT_MODIFIED = 304;

    private final S3Client s3;
    private final String bucket;
    private final FeatureSchema knownFeatures;
    private final ReadableReleases readable;
    private @Nullable Known known;

    /// @param known the features of this build; a model that asks for others cannot be used
    public S3ModelStore(S3Client s3, String bucket, FeatureSchema known) {
        this(s3, bucket, known, ReadableReleases.OF_THIS_BUILD);
    }

    /// The store as another build sees it.
    ///
    /// @param readable the releases of XGBoost whose files that build reads
    public S3ModelStore(S3Client s3, String bucket, FeatureSchema known, ReadableReleases readable) {
        this.s3 = s3;
        this.bucket = bucket;
        this.knownFeatures = known;
        this.readable = readable;
    }

    @Override
    public synchronized ModelPointer production() {
        @Nullable Known last = known;
        try {
            var answer = s3.getObjectAsBytes(
                    request -> request.bucket(bucket).key(POINTER).ifNoneMatch(last == null ? null : last.eTag()));
            var pointer = PointerJson.read(answer.asUtf8String());
            known = new Known(answer.response().eTag(), pointer);
            return pointer;
        } catch (NoSuchKeyException e) {
            throw new ModelStoreUnavailable("no model is in production yet", e);
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_MODIFIED && last != null) {
                return last.pointer();
            }
            throw new ModelStoreUnavailable("S3 refused %s with status %d".formatted(POINTER, e.statusCode()), e);
        } catch (SdkException e) {
            throw new ModelStoreUnavailable("S3 does not answer", e);
        } catch (IllegalArgumentException e) {
            throw new ModelStoreUnavailable(POINTER + " is damaged: " + e.getMessage(), e);
        }
    }

    /// Whether a model is in production.
    public boolean hasProduction() {
        return inProduction().isPresent();
    }

    @Override
    public Optional<ModelPointer> inProduction() {
        try {
            return Optional.of(PointerJson.read(
                    s3.getObjectAsBytes(request -> request.bucket(bucket).key(POINTER))
                            .asUtf8String()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new ModelStoreUnavailable("S3 did not read " + POINTER, e);
        } catch (IllegalArgumentException e) {
            throw new ModelStoreUnavailable(POINTER + " is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public ScoringModel load(ModelPointer pointer) {
        var manifest = manifest(pointer.version());
        if (!Sha256.of(manifest).equals(pointer.manifestHash())) {
            throw new UnusableModel("the manifest of version %s is not the one that was promoted: its SHA-256 differs"
                    .formatted(pointer.version().value()));
        }
        return open(pointer.version(), manifest);
    }

    @Override
    public ScoringModel load(ModelVersion version) {
        return open(version, manifest(version));
    }

    private byte[] manifest(ModelVersion version) {
        return read(BucketKeys.bundleFile(version, ModelBundle.MANIFEST_FILE), version);
    }

    private ScoringModel open(ModelVersion version, byte[] manifest) {
        var model = ModelBundle.open(
                        manifest,
                        read(BucketKeys.bundleFile(version, ModelBundle.MODEL_FILE), version),
                        knownFeatures,
                        readable)
                .scoringModel();
        if (!model.manifest().version().equals(version)) {
            throw new UnusableModel("the bundle of version %s says that it is version %s"
                    .formatted(version, model.manifest().version()));
        }
        return model;
    }

    @Override
    public void publish(ModelVersion version, byte[] manifest, byte[] model) {
        write(BucketKeys.bundleFile(version, ModelBundle.MODEL_FILE), model, "application/octet-stream");
        write(BucketKeys.bundleFile(version, ModelBundle.MANIFEST_FILE), manifest, "application/json");
    }

    @Override
    public void promote(ModelPointer pointer) {
        write(POINTER, PointerJson.write(pointer).getBytes(StandardCharsets.UTF_8), "application/json");
    }

    @Override
    public void withdraw() {
        try {
            s3.deleteObject(request -> request.bucket(bucket).key(POINTER));
        } catch (SdkException e) {
            throw new ModelStoreUnavailable("S3 did not delete " + POINTER, e);
        }
    }

    private byte[] read(String key, ModelVersion version) {
        try {
            return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                    .asByteArrayUnsafe();
        } catch (NoSuchKeyException e) {
            throw new UnusableModel(
                    "the bundle of version %s is incomplete: %s is missing".formatted(version.value(), key));
        } catch (SdkException e) {
            throw new ModelStoreUnavailable("S3 does not answer", e);
        }
    }

    private void write(String key, byte[] content, String contentType) {
        try {
            s3.putObject(
                    request -> request.bucket(bucket).key(key).contentType(contentType),
                    RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw new ModelStoreUnavailable("S3 did not write " + key, e);
        }
    }

    private record Known(String eTag, ModelPointer pointer) {}
}
