package vowcheck.adapters.s3;

import static vowcheck.adapters.deployment.BucketKeys.APPROVALS;
import static vowcheck.adapters.deployment.BucketKeys.TRAINING_LOCK;
import static vowcheck.adapters.deployment.BucketKeys.UNCONFIRMED_PROMOTION;
import static vowcheck.adapters.deployment.BucketKeys.UNFINISHED_REPLAY;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.Sha256;
import vowcheck.core.training.RowsAnswer;
import vowcheck.core.training.TrainingResult;
import vowcheck.core.workflow.AnsweredRows;
import vowcheck.core.workflow.ClaimObjects;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.Holder;
import vowcheck.core.workflow.LockObject;
import vowcheck.core.workflow.Outcomes;
import vowcheck.core.workflow.PendingApproval;
import vowcheck.core.workflow.PendingApprovals;
import vowcheck.core.workflow.TrainingCause;
import vowcheck.core.workflow.UnconfirmedPromotion;
import vowcheck.core.workflow.UnconfirmedPromotions;
import vowcheck.core.workflow.UnfinishedReplay;
import vowcheck.core.workflow.UnfinishedReplays;
import vowcheck.core.workflow.UnreadablePromotion;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.core.workflow.WorkflowUnavailable;

/// The training workflow's objects below `training/`: `lock.json` and `causes/`, which are only written
/// conditionally, `unconfirmed.json`, `replay.json`, `approvals/`, `rows/`, and for each execution a folder with
/// `outcome.json` and `failure.json`.
public final class S3Workflow
        implements LockObject,
                ClaimObjects,
                UnconfirmedPromotions,
                UnfinishedReplays,
                PendingApprovals,
                Outcomes,
                AnsweredRows {

    private static final Logger LOG = System.getLogger(S3Workflow.class.getName());

    private static final String EXECUTION = "execution";

    /// The lock when no execution has it.
    private static final String NOBODYS = "{}";

    private final S3Client s3;
    private final String bucket;

    public S3Workflow(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Optional<Holder> held() {
        return holder(TRAINING_LOCK);
    }

    @Override
    public boolean take(Execution execution) {
        return create(TRAINING_LOCK, execution);
    }

    @Override
    public boolean takeOver(Execution execution, Holder former) {
        return replace(TRAINING_LOCK, execution, former);
    }

    @Override
    public void free(Holder holder) {
        // Not by a deletion, which has no condition. Whose it is by then, it stays.
        write(TRAINING_LOCK, NOBODYS, request -> request.ifMatch(holder.tag()));
    }

    @Override
    public Optional<Holder> claimed(TrainingCause cause) {
        return holder(BucketKeys.claim(cause));
    }

    @Override
    public boolean claim(TrainingCause cause, Execution execution) {
        return create(BucketKeys.claim(cause), execution);
    }

    @Override
    public boolean claimAgain(TrainingCause cause, Execution execution, Holder former) {
        return replace(BucketKeys.claim(cause), execution, former);
    }

    @Override
    public Optional<UnconfirmedPromotion> current() {
        return read(UNCONFIRMED_PROMOTION, S3Workflow::promotion);
    }

    private static UnconfirmedPromotion promotion(byte[] json) {
        try {
            return UnconfirmedPromotionJson.read(json);
        } catch (IllegalArgumentException e) {
            throw new UnreadablePromotion("%s is damaged: %s".formatted(UNCONFIRMED_PROMOTION, e.getMessage()), e);
        }
    }

    @Override
    public void keep(UnconfirmedPromotion promotion) {
        call(
                "write",
                UNCONFIRMED_PROMOTION,
                () -> put(UNCONFIRMED_PROMOTION, UnconfirmedPromotionJson.write(promotion), _ -> {}));
    }

    @Override
    public void forget() {
        delete(UNCONFIRMED_PROMOTION);
    }

    @Override
    public Optional<UnfinishedReplay> unfinished() {
        return readable(UNFINISHED_REPLAY, UnfinishedReplayJson::read);
    }

    @Override
    public void keep(UnfinishedReplay replay) {
        call("write", UNFINISHED_REPLAY, () -> put(UNFINISHED_REPLAY, UnfinishedReplayJson.write(replay), _ -> {}));
    }

    @Override
    public void finish() {
        delete(UNFINISHED_REPLAY);
    }

    @Override
    public List<PendingApproval> waiting() {
        var keys = call(
                "list",
                APPROVALS,
                () -> s3
                        .listObjectsV2Paginator(
                                request -> request.bucket(bucket).prefix(APPROVALS))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .toList());
        return keys.stream()
                .flatMap(key -> readable(key, PendingApprovalJson::read).stream())
                .toList();
    }

    @Override
    public void keep(PendingApproval approval) {
        var key = BucketKeys.approval(approval.execution().name());
        call("write", key, () -> put(key, PendingApprovalJson.write(approval), _ -> {}));
    }

    @Override
    public void forgetApproval(Execution execution) {
        delete(BucketKeys.approval(execution.name()));
    }

    @Override
    public TrainingResult of(Execution execution) {
        var key = BucketKeys.outcome(execution.name());
        return read(key, OutcomeJson::read)
                .orElseThrow(() -> new WorkflowUnavailable("the training left no %s".formatted(key)));
    }

    @Override
    public void keep(Execution execution, TrainingResult result) {
        var key = BucketKeys.outcome(execution.name());
        call("write", key, () -> put(key, OutcomeJson.write(result), _ -> {}));
    }

    @Override
    public Optional<RowsAnswer> answer(Sha256 rows) {
        return readable(BucketKeys.answeredRows(rows), json -> RowsAnswerJson.read(JsonDocument.parse(json)));
    }

    /// An object; empty also where it cannot be read.
    private <T> Optional<T> readable(String key, Function<byte[], T> format) {
        return read(key, Function.identity()).flatMap(json -> {
            try {
                return Optional.of(format.apply(json));
            } catch (IllegalArgumentException e) {
                LOG.log(Level.WARNING, "{0} counts as missing: {1}", key, e.getMessage());
                return Optional.empty();
            }
        });
    }

    @Override
    public void keep(Sha256 rows, RowsAnswer answer) {
        var key = BucketKeys.answeredRows(rows);
        call("write", key, () -> put(key, RowsAnswerJson.write(answer).json(), _ -> {}));
    }

    @Override
    public void forgetAnswer(Sha256 rows) {
        delete(BucketKeys.answeredRows(rows));
    }

    @Override
    public void keepFailure(Execution execution, String sentence) {
        var key = BucketKeys.failure(execution.name());
        call(
                "write",
                key,
                () -> put(
                        key,
                        new JsonObject().with(WorkflowField.ERROR, sentence).json(),
                        _ -> {}));
    }

    private Optional<Holder> holder(String key) {
        return call("read", key, () -> {
            try {
                var answer =
                        s3.getObjectAsBytes(request -> request.bucket(bucket).key(key));
                return Optional.of(new Holder(
                        named(key, answer.asByteArrayUnsafe()),
                        answer.response().eTag()));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    private static @Nullable Execution named(String key, byte[] json) {
        try {
            var document = JsonDocument.parse(json);
            return document.names().isEmpty() ? null : document.value(EXECUTION, Execution::new);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "{0} in S3 is damaged, and counts as nobody''s: {1}", key, e.getMessage());
            return null;
        }
    }

    private boolean create(String key, Execution execution) {
        return hold(key, execution, request -> request.ifNoneMatch("*"));
    }

    private boolean replace(String key, Execution execution, Holder former) {
        return hold(key, execution, request -> request.ifMatch(former.tag()));
    }

    private boolean hold(String key, Execution execution, Consumer<PutObjectRequest.Builder> condition) {
        return write(key, new JsonObject().with(EXECUTION, execution.id()).json(), condition);
    }

    private boolean write(String key, String content, Consumer<PutObjectRequest.Builder> condition) {
        return call("write", key, () -> Condition.isMetBy(() -> put(key, content, condition)));
    }

    private <T> Optional<T> read(String key, Function<byte[], T> format) {
        return call("read", key, () -> {
            try {
                return Optional.of(format.apply(
                        s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                                .asByteArrayUnsafe()));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    private void delete(String key) {
        call(
                "delete",
                key,
                () -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    private Object put(String key, String json, Consumer<PutObjectRequest.Builder> condition) {
        return s3.putObject(
                request -> {
                    request.bucket(bucket).key(key).contentType("application/json");
                    condition.accept(request);
                },
                RequestBody.fromBytes(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static <T> T call(String verb, String key, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new WorkflowUnavailable("S3 did not %s %s".formatted(verb, key), e);
        } catch (IllegalArgumentException e) {
            throw new WorkflowUnavailable("%s in S3 is damaged: %s".formatted(key, e.getMessage()), e);
        }
    }
}
