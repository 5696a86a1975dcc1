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
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// The bucket of the model bundles (`models/`), of the pointer to the one that serves (`production.json`), of
/// what the training workflow's steps tell each other (`training/`), of MLflow's artifacts (`mlflow/`), and of
/// predictions that were too many for one message of the queue (`unlogged/`).
///
/// Its grants are spelt out: those of CDK's bucket hold wildcards such as `s3:GetObject*`.
public final class ModelBucket extends Construct {
    private final Bucket bucket;

    public ModelBucket(Construct scope, String id, Stage stage) {
        super(scope, id);
        bucket = Bucket.Builder.create(this, "Bucket")
                .bucketName(stage.resourceName("models") + "-" + Stack.of(this).getAccount())
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
                        // They are applicants' data. A message that names one lives 14 days in the queue and 14 as
                        // a dead letter: what is older is needed by nobody.
                        LifecycleRule.builder()
                                .id("UnloggedPredictions")
                                .prefix(BucketKeys.UNLOGGED)
                                .noncurrentVersionExpiration(Duration.days(1))
                                .expiration(Duration.days(30))
                                .build()))
                .removalPolicy(stage.dataRemoval())
                .build();
        Nag.accept(
                bucket,
                "AwsSolutions-S1",
                "Only our own functions and containers have access; a log of it is CloudTrail's, where an account wants one");
    }

    /// The bucket itself.
    public IBucket bucket() {
        return bucket;
    }

    /// Lets a function find and read the model that serves.
    public void grantModelReads(IGrantable reader) {
        grant(reader, List.of("s3:GetObject"), BucketKeys.MODELS + "*", BucketKeys.POINTER);
        grantList(reader); // while no model was ever promoted
    }

    /// Without it S3 answers 403, not 404, for what is not there.
    private void grantList(IGrantable reader) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(reader)
                .actions(List.of("s3:ListBucket"))
                .resourceArns(List.of(bucket.getBucketArn()))
                .build());
    }

    /// Lets a function say which model serves.
    public void grantPointerWrites(IGrantable writer) {
        grant(writer, List.of("s3:PutObject"), BucketKeys.POINTER);
    }

    /// Lets training write bundles and its outcome.
    public void grantTrainingWrites(IGrantable training) {
        grant(training, List.of("s3:PutObject"), BucketKeys.MODELS + "*", BucketKeys.TRAINING + "*");
    }

    /// Lets the training workflow's function keep its lock, note a promotion, read and write outcomes, and leave
    /// no model in production where there was none.
    public void grantPromotion(IGrantable promotion) {
        grant(promotion, List.of("s3:GetObject", "s3:PutObject"), BucketKeys.TRAINING + "*");
        grant(
                promotion,
                List.of("s3:DeleteObject"),
                BucketKeys.TRAINING_LOCK,
                BucketKeys.UNCONFIRMED_PROMOTION,
                BucketKeys.POINTER);
    }

    /// Lets MLflow keep artifacts.
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

    /// Lets a function leave predictions that it could not store.
    public void grantUnloggedWrites(IGrantable writer) {
        grant(writer, List.of("s3:PutObject"), BucketKeys.UNLOGGED + "*");
    }

    /// Lets a function fetch predictions that were left.
    public void grantUnloggedReads(IGrantable reader) {
        grant(reader, List.of("s3:GetObject"), BucketKeys.UNLOGGED + "*");
        grantList(reader); // what is lost is told apart from what is out of reach
    }

    private void grant(IGrantable grantee, List<String> actions, String... keys) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(grantee)
                .actions(actions)
                .resourceArns(Stream.of(keys).map(bucket::arnForObjects).toList())
                .build());
    }
}
