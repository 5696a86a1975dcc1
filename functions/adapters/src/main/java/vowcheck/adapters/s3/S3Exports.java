package vowcheck.adapters.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.export.ExportId;
import vowcheck.core.export.ExportObjects;
import vowcheck.core.export.ExportState;
import vowcheck.core.export.ExportUnavailable;

/// The objects below `exports/`: for each export a folder with `state.json` and `predictions.csv.gz`. The file
/// is uploaded in parts while it is written, so that memory holds one part, however many rows it has.
public final class S3Exports implements ExportObjects {

    private static final Logger LOG = System.getLogger(S3Exports.class.getName());

    /// S3 takes 10,000 parts, so the file may have 80 GB.
    private static final int PART_BYTES = 8 * 1024 * 1024;

    private static final String STATUS = "status";
    private static final String RUNNING = "running";
    private static final String DONE = "done";
    private static final String FAILED = "failed";

    private final S3Client s3;
    private final Supplier<S3Presigner> presigner;
    private final String bucket;

    /// @param presigner makes what signs links as the program that asks for them
    public S3Exports(S3Client s3, Supplier<S3Presigner> presigner, String bucket) {
        this.s3 = s3;
        this.presigner = presigner;
        this.bucket = bucket;
    }

    @Override
    public void record(ExportId id, ExportState state) {
        var json = json(state);
        call(
                "write the state of",
                id,
                () -> s3.putObject(
                        request -> request.bucket(bucket).key(BucketKeys.exportState(id)),
                        RequestBody.fromBytes(json.utf8())));
    }

    @Override
    public Optional<ExportState> state(ExportId id) {
        try {
            return Optional.of(state(JsonDocument.parse(
                    s3.getObjectAsBytes(request -> request.bucket(bucket).key(BucketKeys.exportState(id)))
                            .asByteArrayUnsafe())));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw unavailable("read the state of", id, e);
        }
    }

    private static JsonObject json(ExportState state) {
        return switch (state) {
            case ExportState.Running(var since) ->
                new JsonObject().with(STATUS, RUNNING).with("since", since.toString());
            case ExportState.Done(var rows, var bytes) ->
                new JsonObject().with(STATUS, DONE).with("rows", rows).with("bytes", bytes);
            case ExportState.Failed(var reason) ->
                new JsonObject().with(STATUS, FAILED).with("reason", reason);
        };
    }

    private static ExportState state(JsonDocument json) {
        return switch (json.text(STATUS)) {
            case RUNNING -> new ExportState.Running(json.value("since", Instant::parse));
            case DONE -> new ExportState.Done(json.longInteger("rows"), json.longInteger("bytes"));
            default -> new ExportState.Failed(json.text("reason"));
        };
    }

    @Override
    public long write(ExportId id, Consumer<Consumer<byte[]>> content) {
        var upload = new Upload(id);
        try {
            try (var compressed = new GZIPOutputStream(upload)) {
                content.accept(bytes -> write(compressed, bytes));
            }
            upload.complete();
            return upload.bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the upload throws none
        } finally {
            upload.abortUnlessComplete();
        }
    }

    private static void write(OutputStream output, byte[] bytes) {
        try {
            output.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String link(ExportId id, Duration validFor) {
        try (var signer = presigner.get()) {
            return signer.presignGetObject(presign -> presign.signatureDuration(validFor)
                            .getObjectRequest(request -> request.bucket(bucket).key(BucketKeys.exportFile(id))))
                    .url()
                    .toString();
        } catch (SdkException e) {
            throw unavailable("sign a link to", id, e);
        }
    }

    private static <T> T call(String what, ExportId id, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw unavailable(what, id, e);
        }
    }

    private static ExportUnavailable unavailable(String what, ExportId id, SdkException cause) {
        return new ExportUnavailable("S3 did not %s the export %s".formatted(what, id), cause);
    }

    /// Sends what is written in parts.
    private final class Upload extends OutputStream {

        private final ExportId id;
        private final String uploadId;
        private final ByteArrayOutputStream part = new ByteArrayOutputStream(PART_BYTES);
        private final List<CompletedPart> sent = new ArrayList<>();
        private long bytes;
        private boolean complete;

        Upload(ExportId id) {
            this.id = id;
            uploadId = call(
                    "begin",
                    id,
                    () -> s3.createMultipartUpload(request -> request.bucket(bucket)
                                    .key(BucketKeys.exportFile(id))
                                    .contentType("application/gzip"))
                            .uploadId());
        }

        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            int end = offset + length;
            for (int start = offset; start < end; ) {
                int fits = Math.min(end - start, PART_BYTES - part.size());
                part.write(source, start, fits);
                start += fits;
                if (part.size() == PART_BYTES) {
                    send();
                }
            }
        }

        private void send() {
            int number = sent.size() + 1;
            var content = RequestBody.fromBytes(part.toByteArray());
            var eTag = call(
                            "take a part of",
                            id,
                            () -> s3.uploadPart(
                                    request -> request.bucket(bucket)
                                            .key(BucketKeys.exportFile(id))
                                            .uploadId(uploadId)
                                            .partNumber(number),
                                    content))
                    .eTag();
            sent.add(CompletedPart.builder().partNumber(number).eTag(eTag).build());
            bytes += part.size();
            part.reset();
        }

        private void complete() {
            if (part.size() > 0) {
                send(); // only the last part may be a small one
            }
            call(
                    "complete",
                    id,
                    () -> s3.completeMultipartUpload(request -> request.bucket(bucket)
                            .key(BucketKeys.exportFile(id))
                            .uploadId(uploadId)
                            .multipartUpload(upload -> upload.parts(sent))));
            complete = true;
        }

        /// Otherwise its parts would be kept, and paid for, until the bucket's rule deletes them.
        private void abortUnlessComplete() {
            if (!complete) {
                try {
                    s3.abortMultipartUpload(request -> request.bucket(bucket)
                            .key(BucketKeys.exportFile(id))
                            .uploadId(uploadId));
                } catch (SdkException e) {
                    LOG.log(Level.WARNING, "the parts of the export " + id + " are left to the bucket's rule", e);
                }
            }
        }
    }
}
