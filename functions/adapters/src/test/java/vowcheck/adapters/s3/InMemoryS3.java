package vowcheck.adapters.s3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;
import vowcheck.core.model.Sha256;

/// One bucket in memory, with the conditions of reads and writes, that can be taken out of reach.
public final class InMemoryS3 implements S3Client {

    private static final String CURRENT = "current";

    private final Map<String, byte[]> objects = new TreeMap<>();
    private final Map<String, Map<String, byte[]>> former = new TreeMap<>();
    private final Map<String, Instant> written = new HashMap<>();
    private final Map<String, ByteArrayOutputStream> uploads = new HashMap<>();
    private final List<Long> parts = new ArrayList<>();
    private boolean reachable = true;
    private boolean deletionsFail;
    private Runnable meanwhile = () -> {};

    /// Whether the bucket answers from now on.
    public void reachable(boolean now) {
        reachable = now;
    }

    /// Whether deletions fail from now on.
    public void failDeletions(boolean now) {
        deletionsFail = now;
    }

    /// Does something else just before the next write, as another client may.
    public void meanwhile(Runnable act) {
        meanwhile = act;
    }

    /// The objects by their keys, to look at and to tamper with.
    public Map<String, byte[]> objects() {
        return objects;
    }

    /// How many versions an object has, the current one included.
    public int versions(String key) {
        return former.getOrDefault(key, Map.of()).size() + (objects.containsKey(key) ? 1 : 0);
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        requireReachable();
        byte @Nullable [] content = objects.get(request.key());
        if (content == null) {
            throw NoSuchKeyException.builder()
                    .statusCode(404)
                    .message("no such key")
                    .build();
        }
        if (eTag(content).equals(request.ifNoneMatch())) {
            throw refused(304);
        }
        try {
            return transformer.transform(
                    GetObjectResponse.builder().eTag(eTag(content)).build(),
                    AbortableInputStream.create(new ByteArrayInputStream(content)));
        } catch (Exception e) { // what the transformer's signature says
            throw new IllegalStateException(e);
        }
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        requireReachable();
        var act = meanwhile;
        meanwhile = () -> {};
        act.run();
        byte @Nullable [] former = objects.get(request.key());
        if (former != null && "*".equals(request.ifNoneMatch())) {
            throw refused(412);
        }
        if (request.ifMatch() != null) {
            if (former == null) {
                throw NoSuchKeyException.builder()
                        .statusCode(404)
                        .message("no such key")
                        .build();
            }
            if (!request.ifMatch().equals(eTag(former))) {
                throw refused(412);
            }
        }
        keepFormer(request.key());
        try (var stream = body.contentStreamProvider().newStream()) {
            objects.put(request.key(), stream.readAllBytes());
            written.put(request.key(), Instant.EPOCH.plusSeconds(written.size() + 1L));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PutObjectResponse.builder().build();
    }

    /// The uploads in parts that are neither completed nor aborted.
    public int uploads() {
        return uploads.size();
    }

    /// The bytes of each part of all uploads, in their order.
    public List<Long> parts() {
        return parts;
    }

    @Override
    public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
        requireReachable();
        var id = "upload-" + request.key();
        uploads.put(id, new ByteArrayOutputStream());
        return CreateMultipartUploadResponse.builder().uploadId(id).build();
    }

    /// Parts come in their order.
    @Override
    public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
        requireReachable();
        try (var stream = body.contentStreamProvider().newStream()) {
            parts.add(stream.transferTo(Objects.requireNonNull(uploads.get(request.uploadId()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return UploadPartResponse.builder().eTag("part-" + request.partNumber()).build();
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(CompleteMultipartUploadRequest request) {
        requireReachable();
        var upload = Objects.requireNonNull(uploads.remove(request.uploadId()));
        objects.put(request.key(), upload.toByteArray());
        return CompleteMultipartUploadResponse.builder().build();
    }

    @Override
    public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest request) {
        uploads.remove(request.uploadId());
        return AbortMultipartUploadResponse.builder().build();
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        requireReachable();
        return ListObjectsV2Response.builder()
                .contents(objects.keySet().stream()
                        .filter(key -> key.startsWith(request.prefix()))
                        .map(key -> S3Object.builder()
                                .key(key)
                                .lastModified(written.getOrDefault(key, Instant.EPOCH))
                                .build())
                        .toList())
                .build();
    }

    @Override
    public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
        requireReachable();
        var keys = new TreeSet<>(former.keySet());
        keys.addAll(objects.keySet());
        return ListObjectVersionsResponse.builder()
                .isTruncated(false)
                .versions(keys.stream()
                        .filter(key -> key.startsWith(request.prefix()))
                        .flatMap(key -> Stream.concat(
                                        former.getOrDefault(key, Map.of()).keySet().stream(),
                                        objects.containsKey(key) ? Stream.of(CURRENT) : Stream.empty())
                                .map(id -> ObjectVersion.builder()
                                        .key(key)
                                        .versionId(id)
                                        .build()))
                        .toList())
                .build();
    }

    /// Without a version, the object becomes a former version.
    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        requireReachable();
        if (deletionsFail) {
            throw refused(503);
        }
        if (request.versionId() == null) {
            keepFormer(request.key());
        }
        if (request.versionId() == null || request.versionId().equals(CURRENT)) {
            objects.remove(request.key());
        } else {
            former.getOrDefault(request.key(), new TreeMap<>()).remove(request.versionId());
        }
        return DeleteObjectResponse.builder().build();
    }

    private void keepFormer(String key) {
        byte @Nullable [] current = objects.get(key);
        if (current != null) {
            var versions = former.computeIfAbsent(key, _ -> new TreeMap<>());
            versions.put("former-" + versions.size(), current);
        }
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}

    private void requireReachable() {
        if (!reachable) {
            throw refused(503);
        }
    }

    private static String eTag(byte[] content) {
        return Sha256.of(content).hex();
    }

    private static RuntimeException refused(int status) {
        return S3Exception.builder()
                .statusCode(status)
                .message("status " + status)
                .build();
    }
}
