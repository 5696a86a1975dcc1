package vowcheck.adapters.s3;

import static java.util.stream.Collectors.joining;
import static vowcheck.adapters.deployment.BucketKeys.POINTER;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.tribuo.ReadableReleases;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ModelsInService;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.ShadowPointer;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.WritableModelStore;

/// Model bundles in S3, which are written once and never overwritten. Remembers the pointer's ETag, so that reading
/// an unchanged pointer again costs one answer without a body. Thread-safe.
public final class S3ModelStore implements WritableModelStore {

    private static final int NOT_MODIFIED = 304;

    /// How often the pointer is read again after a write that S3 refused.
    private static final int POINTER_ATTEMPTS = 3;

    /// The key of a bundle's manifest: its version, and its hash except for bundles of earlier builds.
    private static final Pattern MANIFEST = Pattern.compile("%s(%s)/(?:([0-9a-f]{64})/)?%s"
            .formatted(
                    Pattern.quote(BucketKeys.MODELS), ModelVersion.ALLOWED, Pattern.quote(ModelBundle.MANIFEST_FILE)));

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
    public synchronized ModelsInService serving() {
        @Nullable Known last = known;
        try {
            var answer = s3.getObjectAsBytes(
                    request -> request.bucket(bucket).key(POINTER).ifNoneMatch(last == null ? null : last.eTag()));
            var serving = PointerJson.serving(answer.asByteArrayUnsafe());
            known = new Known(answer.response().eTag(), serving);
            return serving;
        } catch (NoSuchKeyException e) {
            throw new UnusableModel(POINTER + " is missing: no model is in production", e);
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_MODIFIED && last != null) {
                return last.serving();
            }
            throw new ModelStoreUnavailable("S3 refused %s with status %d".formatted(POINTER, e.statusCode()), e);
        } catch (SdkException e) {
            throw new ModelStoreUnavailable("S3 does not answer", e);
        } catch (IllegalArgumentException e) {
            throw new UnusableModel("%s cannot be read: %s".formatted(POINTER, e.getMessage()), e);
        }
    }

    /// Whether a model is in production.
    public boolean hasProduction() {
        return inProduction().isPresent();
    }

    @Override
    public Optional<ModelPointer> inProduction() {
        return stored(POINTER).map(S3ModelStore::serving).map(ModelsInService::production);
    }

    @Override
    public ScoringModel load(ModelIdentity model) {
        return bundle(model)
                .or(() -> legacyBundle(model.version()).filter(found -> found.isOf(model)))
                .orElseThrow(() -> new UnusableModel("the bundle of version %s with the manifest %s is missing"
                        .formatted(model.version(), model.manifestHash())))
                .open();
    }

    @Override
    public ScoringModel load(ModelVersion version) {
        return legacyBundle(version)
                .or(() -> onlyBundle(version))
                .orElseThrow(() -> new UnusableModel("the bundle of version %s is missing".formatted(version)))
                .open();
    }

    /// The bundle in the folder that its manifest's hash names; empty where it has no manifest.
    private Optional<Bundle> bundle(ModelIdentity model) {
        var found = object(BucketKeys.bundleFile(model, ModelBundle.MANIFEST_FILE))
                .map(manifest ->
                        new Bundle(model.version(), manifest, BucketKeys.bundleFile(model, ModelBundle.MODEL_FILE)));
        if (found.isPresent() && !found.get().isOf(model)) {
            throw new UnusableModel("the manifest of version %s was changed: its SHA-256 is %s, expected %s"
                    .formatted(model.version(), Sha256.of(found.get().manifest()), model.manifestHash()));
        }
        return found;
    }

    /// The bundle of a version in the folder where bundles were stored before keys contained the manifest's hash.
    private Optional<Bundle> legacyBundle(ModelVersion version) {
        return object(BucketKeys.legacyBundleFile(version, ModelBundle.MANIFEST_FILE))
                .map(manifest ->
                        new Bundle(version, manifest, BucketKeys.legacyBundleFile(version, ModelBundle.MODEL_FILE)));
    }

    private Optional<Bundle> onlyBundle(ModelVersion version) {
        var found = published(version);
        if (found.size() > 1) {
            throw new UnusableModel("%d bundles have version %s, expected one: %s"
                    .formatted(
                            found.size(),
                            version,
                            found.stream().map(it -> it.manifestHash().hex()).collect(joining(", "))));
        }
        return found.stream().findFirst().flatMap(this::bundle);
    }

    @Override
    public List<ModelIdentity> published(int most) {
        return published(BucketKeys.MODELS, most);
    }

    @Override
    public List<ModelIdentity> published(ModelVersion version) {
        return published(BucketKeys.bundles(version), Integer.MAX_VALUE);
    }

    /// A manifest is written last, so that its time is its bundle's.
    private List<ModelIdentity> published(String prefix, int most) {
        try {
            return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                    .sorted(Comparator.comparing(S3Object::lastModified).reversed())
                    .map(object -> MANIFEST.matcher(object.key()))
                    .filter(Matcher::matches)
                    .limit(most)
                    .flatMap(key -> identity(new ModelVersion(key.group(1)), key.group(2)).stream())
                    .distinct() // one that is stored both ways
                    .toList();
        } catch (SdkException e) {
            throw new ModelStoreUnavailable("S3 did not list " + prefix, e);
        }
    }

    /// @param hash that the key contains, or null for a bundle of the time before
    private Optional<ModelIdentity> identity(ModelVersion version, @Nullable String hash) {
        return hash != null
                ? Optional.of(new ModelIdentity(version, new Sha256(hash)))
                : object(BucketKeys.legacyBundleFile(version, ModelBundle.MANIFEST_FILE))
                        .map(manifest -> new ModelIdentity(version, Sha256.of(manifest)));
    }

    @Override
    public ModelIdentity publish(ModelVersion version, byte[] manifest, byte[] model) {
        var identity = new ModelIdentity(version, Sha256.of(manifest));
        create(BucketKeys.bundleFile(identity, ModelBundle.MODEL_FILE), model, "application/octet-stream");
        create(BucketKeys.bundleFile(identity, ModelBundle.MANIFEST_FILE), manifest, "application/json");
        return identity;
    }

    /// Writes an object, unless the same one is there.
    private void create(String key, byte[] content, String contentType) {
        try {
            put(key, content, contentType, request -> request.ifNoneMatch("*"));
        } catch (S3Exception e) {
            if (!Condition.isUnmet(e)) {
                throw new ModelStoreUnavailable("S3 did not write " + key, e);
            }
            requireEqual(key, content);
        } catch (SdkException e) {
            throw new ModelStoreUnavailable("S3 did not write " + key, e);
        }
    }

    private void requireEqual(String key, byte[] expected) {
        var found = object(key).map(Sha256::of);
        if (!found.equals(Optional.of(Sha256.of(expected)))) {
            throw new UnusableModel("%s is in the bucket already: its SHA-256 is %s, expected %s"
                    .formatted(key, found.map(Sha256::hex).orElse("unknown"), Sha256.of(expected)));
        }
    }

    @Override
    public boolean replace(Optional<ModelPointer> serving, ModelPointer next, Consumer<ShadowPointer> endedShadow) {
        // By the last attempt that wrote. Where its answer was lost, the next attempt finds its object, and writes
        // nothing.
        var ended = new ArrayList<ShadowPointer>();
        boolean first = change(
                found -> found.map(ModelsInService::production).equals(serving),
                found -> found.map(ModelsInService::production).equals(Optional.of(next)),
                found -> {
                    var former = found.map(ModelsInService::shadow).orElse(NoShadow.NONE);
                    var remaining = former.beside(next.model());
                    ended.clear();
                    if (!remaining.equals(former)) {
                        ended.add(former);
                    }
                    return new ModelsInService(next, remaining);
                });
        if (first) {
            ended.forEach(endedShadow);
        }
        return first;
    }

    @Override
    public boolean shadow(ModelsInService serving, ShadowPointer shadow) {
        var next = new ModelsInService(serving.production(), shadow);
        return change(found -> found.equals(Optional.of(serving)), found -> found.equals(Optional.of(next)), _ -> next);
    }

    /// Writes the pointer while it names what is expected.
    ///
    /// @param isExpected whether what was found may be replaced
    /// @param isDone whether what was found needs no change: where the answer to a write is lost, the client
    ///     writes again, and meets its own object
    private boolean change(
            Predicate<Optional<ModelsInService>> isExpected,
            Predicate<Optional<ModelsInService>> isDone,
            Function<Optional<ModelsInService>, ModelsInService> next) {
        for (int attempt = 0; attempt < POINTER_ATTEMPTS; attempt++) {
            var object = stored(POINTER);
            var found = object.flatMap(S3ModelStore::readable);
            if (isDone.test(found)) {
                return true;
            }
            if (!isExpected.test(found)) {
                return false;
            }
            var content = PointerJson.write(next.apply(found)).getBytes(StandardCharsets.UTF_8);
            if (write(content, object)) {
                return true;
            }
        }
        throw new ModelStoreUnavailable(POINTER + " is changed by others again and again");
    }

    /// Writes the pointer if its object is still the one that was found.
    private boolean write(byte[] content, Optional<StoredObject> found) {
        try {
            return Condition.isMetBy(() -> put(
                    POINTER,
                    content,
                    "application/json",
                    request ->
                            found.ifPresentOrElse(it -> request.ifMatch(it.eTag()), () -> request.ifNoneMatch("*"))));
        } catch (SdkException e) {
            throw new ModelStoreUnavailable("S3 did not write " + POINTER, e);
        }
    }

    /// Not by a conditional deletion, which LocalStack refuses: whoever writes the pointer between these two calls
    /// loses it. The bucket keeps it as a former version.
    @Override
    public boolean withdraw(Optional<ModelPointer> serving, Consumer<ShadowPointer> endedShadow) {
        var found = stored(POINTER).flatMap(S3ModelStore::readable);
        if (!found.map(ModelsInService::production).equals(serving)) {
            return false;
        }
        try {
            s3.deleteObject(request -> request.bucket(bucket).key(POINTER));
        } catch (SdkException e) {
            throw new ModelStoreUnavailable("S3 did not delete " + POINTER, e);
        }
        found.map(ModelsInService::shadow)
                .filter(shadow -> !shadow.equals(NoShadow.NONE))
                .ifPresent(endedShadow);
        return true;
    }

    private static Optional<ModelsInService> readable(StoredObject object) {
        try {
            return Optional.of(serving(object));
        } catch (UnusableModel e) {
            return Optional.empty();
        }
    }

    private static ModelsInService serving(StoredObject object) {
        try {
            return PointerJson.serving(object.content());
        } catch (IllegalArgumentException e) {
            throw new UnusableModel("%s cannot be read: %s".formatted(POINTER, e.getMessage()), e);
        }
    }

    private Optional<byte[]> object(String key) {
        return stored(key).map(StoredObject::content);
    }

    private Optional<StoredObject> stored(String key) {
        try {
            return Optional.of(new StoredObject(
                    s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new ModelStoreUnavailable("S3 did not read " + key, e);
        }
    }

    private void put(String key, byte[] content, String contentType, Consumer<PutObjectRequest.Builder> condition) {
        s3.putObject(
                request -> {
                    request.bucket(bucket).key(key).contentType(contentType);
                    condition.accept(request);
                },
                RequestBody.fromBytes(content));
    }

    /// A bundle whose manifest has been read.
    private final class Bundle {

        private final ModelVersion version;
        private final byte[] manifest;
        private final String modelKey;

        Bundle(ModelVersion version, byte[] manifest, String modelKey) {
            this.version = version;
            this.manifest = manifest;
            this.modelKey = modelKey;
        }

        byte[] manifest() {
            return manifest;
        }

        boolean isOf(ModelIdentity model) {
            return Sha256.of(manifest).equals(model.manifestHash());
        }

        ScoringModel open() {
            var file = object(modelKey)
                    .orElseThrow(() -> new UnusableModel("the bundle of version %s is incomplete: %s is missing"
                            .formatted(version, ModelBundle.MODEL_FILE)));
            var model =
                    ModelBundle.open(manifest, file, knownFeatures, readable).scoringModel();
            if (!model.manifest().version().equals(version)) {
                throw new UnusableModel("the bundle of version %s says that it is version %s"
                        .formatted(version, model.manifest().version()));
            }
            return model;
        }
    }

    private record Known(String eTag, ModelsInService serving) {}

    /// An object as it was read.
    private record StoredObject(ResponseBytes<GetObjectResponse> answer) {

        byte[] content() {
            return answer.asByteArrayUnsafe();
        }

        String eTag() {
            return answer.response().eTag();
        }
    }
}
