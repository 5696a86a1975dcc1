package vowcheck.infra.data;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.core.erasure.CopiesLifetime;
import vowcheck.core.quality.DataReport;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// The bucket of the objects that [BucketKeys] names: model bundles, the pointer to the one in production, the
/// training workflow's objects, MLflow's artifacts, the ends of API keys, predictions that are too large for
/// one message of the queue, exports, and files to import.
///
/// Its grants are written out: those of CDK's bucket contain wildcards such as `s3:GetObject*`.
public final class ModelBucket extends Construct {
    private final Bucket bucket;

    public ModelBucket(Construct scope, String id, Stage stage) {
        super(scope, id);
        bucket = Bucket.Builder.create(this, "Bucket")
                .bucketName(
                        ResourceNames.modelBucket(stage.name(), Stack.of(this).getAccount()))
                .versioned(true)
                .encryption(BucketEncryption.S3_MANAGED)
                .enforceSsl(true)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .lifecycleRules(List.of(
                        LifecycleRule.builder()
                                .id("FormerVersions")
                                .noncurrentVersionExpiration(Duration.days(90))
                                .abortIncompleteMultipartUploadAfter(Duration.days(7))
                                .build(),
                        // Step Functions forgets an execution 90 days after its end. A claim means nothing from then
                        // on.
                        LifecycleRule.builder()
                                .id("TrainingClaims")
                                .prefix(BucketKeys.TRAINING_CLAIMS)
                                .expiration(Duration.days(90))
                                .build(),
                        // They are applicants' data, and are deleted when they are stored. A message that names one
                        // is kept for 14 days in the queue and for 14 more in the dead-letter queue; nobody needs an
                        // object that is older.
                        LifecycleRule.builder()
                                .id("UnloggedPredictions")
                                .prefix(BucketKeys.UNLOGGED)
                                .noncurrentVersionExpiration(Duration.days(CopiesLifetime.FORMER_OBJECT.toDays()))
                                .expiration(Duration.days(CopiesLifetime.OBJECT.toDays()))
                                .build(),
                        // They are applicants' data, too, and whoever ordered an export has downloaded it by then.
                        LifecycleRule.builder()
                                .id("Exports")
                                .prefix(BucketKeys.EXPORTS)
                                .noncurrentVersionExpiration(Duration.days(CopiesLifetime.FORMER_OBJECT.toDays()))
                                .abortIncompleteMultipartUploadAfter(Duration.days(1))
                                .expiration(Duration.days(CopiesLifetime.EXPORT.toDays()))
                                .build(),
                        // Also applicants' data, which are in the database by then, or were refused.
                        LifecycleRule.builder()
                                .id("Imports")
                                .prefix(BucketKeys.IMPORTS)
                                .noncurrentVersionExpiration(Duration.days(CopiesLifetime.FORMER_OBJECT.toDays()))
                                .abortIncompleteMultipartUploadAfter(Duration.days(1))
                                .expiration(Duration.days(CopiesLifetime.IMPORT.toDays()))
                                .build()))
                .removalPolicy(stage.dataRemoval())
                .build();
        Nag.accept(
                bucket,
                "AwsSolutions-S1",
                "Only this system's functions and containers have access; an account that wants an access log has CloudTrail");
    }

    /// The bucket itself.
    public IBucket bucket() {
        return bucket;
    }

    /// Lets a program find and read the model in production.
    public void grantModelReads(IGrantable reader) {
        grant(reader, List.of("s3:GetObject"), BucketKeys.MODELS + "*", BucketKeys.POINTER);
        grantList(reader); // to see that no model is in production yet
    }

    /// Without this right, S3 answers 403 instead of 404 for an object that does not exist.
    private void grantList(IGrantable reader) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(reader)
                .actions(List.of("s3:ListBucket"))
                .resourceArns(List.of(bucket.getBucketArn()))
                .build());
    }

    /// Lets a program read when clients' API keys end. To see that none ends, it needs [#grantModelReads].
    public void grantKeyEndReads(IGrantable reader) {
        grant(reader, List.of("s3:GetObject"), BucketKeys.KEY_ENDS);
    }

    /// Lets a program put a model into production.
    public void grantPointerWrites(IGrantable writer) {
        grant(writer, List.of("s3:PutObject"), BucketKeys.POINTER);
    }

    /// Lets the training task read which labelled rows are answered, and write its outcome, its failure,
    /// what its rows look like, and bundles that do not exist yet. The lock, the claims, the answered rows
    /// and the unconfirmed promotion are not its own. S3 refuses a write of a bundle without the condition
    /// `If-None-Match`, so that nothing overwrites one.
    public void grantTrainingWrites(IGrantable training) {
        grant(
                training,
                List.of("s3:PutObject"),
                BucketKeys.outcome("*"),
                BucketKeys.failure("*"),
                BucketKeys.dataReport(DataReport.Occasion.TRAINING));
        grant(training, List.of("s3:GetObject"), BucketKeys.ANSWERED_ROWS + "*");
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(training)
                .actions(List.of("s3:PutObject"))
                .resourceArns(List.of(bucket.arnForObjects(BucketKeys.MODELS + "*")))
                .conditions(Map.of("Null", Map.of("s3:if-none-match", "false")))
                .build());
    }

    /// Lets the training workflow's function hold the lock, claim causes, record an unconfirmed promotion and
    /// an unfinished replay, read and write outcomes, and delete the pointer where no model was in production
    /// before, and what is recorded about labelled rows that no decision has answered.
    public void grantPromotion(IGrantable promotion) {
        grant(promotion, List.of("s3:GetObject", "s3:PutObject"), BucketKeys.TRAINING + "*");
        grant(
                promotion,
                List.of("s3:DeleteObject"),
                BucketKeys.UNCONFIRMED_PROMOTION,
                BucketKeys.UNFINISHED_REPLAY,
                BucketKeys.approval("*"),
                BucketKeys.ANSWERED_ROWS + "*",
                BucketKeys.POINTER);
    }

    /// Lets the operators' function forget an unconfirmed promotion that an operator has decided about, and find and
    /// forget the trainings that wait for approval.
    public void grantDecisions(IGrantable operations) {
        grant(
                operations,
                List.of("s3:DeleteObject", "s3:GetObject"),
                BucketKeys.UNCONFIRMED_PROMOTION,
                BucketKeys.approval("*"));
    }

    /// Lets MLflow store artifacts.
    public void grantTracking(IGrantable tracking) {
        grant(
                tracking,
                List.of("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"),
                BucketKeys.ARTIFACTS + "/*");
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(tracking)
                .actions(List.of("s3:ListBucket"))
                .resourceArns(List.of(bucket.getBucketArn()))
                .conditions(Map.of("StringLike", Map.of("s3:prefix", BucketKeys.ARTIFACTS + "/*")))
                .build());
    }

    /// Lets the operators' function order exports, look them up, and sign links to their files.
    public void grantExportOrders(IGrantable operations) {
        grant(operations, List.of("s3:PutObject"), BucketKeys.exportState("*"));
        grant(operations, List.of("s3:GetObject"), BucketKeys.EXPORTS + "*");
    }

    /// Lets a program write exports, and read none.
    public void grantExportWrites(IGrantable export) {
        grant(export, List.of("s3:AbortMultipartUpload", "s3:PutObject"), BucketKeys.EXPORTS + "*");
    }

    /// Lets the import task read the files that operators have uploaded and the model in production, with
    /// whose rows it compares them, and write what became of each file and what its rows look like. Whether
    /// there is a model it need not know for sure, so it cannot list.
    public void grantImport(IGrantable task) {
        grant(
                task,
                List.of("s3:GetObject"),
                BucketKeys.importFile("*"),
                BucketKeys.importOrder("*"),
                BucketKeys.MODELS + "*",
                BucketKeys.POINTER);
        grant(
                task,
                List.of("s3:PutObject"),
                BucketKeys.importReport("*"),
                BucketKeys.dataReport(DataReport.Occasion.IMPORT));
    }

    /// Lets a program write predictions that are too large for the queue.
    public void grantUnloggedWrites(IGrantable writer) {
        grant(writer, List.of("s3:PutObject"), BucketKeys.UNLOGGED + "*");
    }

    /// Lets a program read the predictions that a message of the queue names.
    public void grantUnloggedReads(IGrantable reader) {
        grant(reader, List.of("s3:GetObject"), BucketKeys.UNLOGGED + "*");
        grantList(reader); // to tell a lost object from an S3 that is out of reach
    }

    /// Lets a program list the unlogged predictions and delete them with all their versions. It cannot read them.
    public void grantUnloggedErasure(IGrantable eraser) {
        grant(eraser, List.of("s3:DeleteObjectVersion"), BucketKeys.UNLOGGED + "*");
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(eraser)
                .actions(List.of("s3:ListBucketVersions"))
                .resourceArns(List.of(bucket.getBucketArn()))
                .conditions(Map.of("StringLike", Map.of("s3:prefix", BucketKeys.UNLOGGED + "*")))
                .build());
    }

    private void grant(IGrantable grantee, List<String> actions, String... keys) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(grantee)
                .actions(actions)
                .resourceArns(Stream.of(keys).map(bucket::arnForObjects).toList())
                .build());
    }
}
