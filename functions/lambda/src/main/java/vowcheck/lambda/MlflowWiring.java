package vowcheck.lambda;

import static vowcheck.adapters.settings.Setting.EXPORT_FUNCTION;
import static vowcheck.adapters.settings.Setting.MLFLOW_SECRET;
import static vowcheck.adapters.settings.Setting.MLFLOW_URL;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.PROMOTION_POLICY;
import static vowcheck.adapters.settings.Setting.SCORING_FUNCTION;
import static vowcheck.adapters.settings.Setting.STAGE;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.services.s3.S3Client;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.mlflow.Deadline;
import vowcheck.adapters.mlflow.Mlflow;
import vowcheck.adapters.mlflow.MlflowLimits;
import vowcheck.adapters.mlflow.MlflowLogin;
import vowcheck.adapters.postgres.Database;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.PostgresModelDecisions;
import vowcheck.adapters.s3.S3Exports;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.adapters.s3.S3Workflow;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.adapters.secrets.Secrets;
import vowcheck.adapters.settings.Settings;
import vowcheck.adapters.workflow.LambdaExportTask;
import vowcheck.adapters.workflow.LambdaSmokeCall;
import vowcheck.adapters.workflow.StepFunctionsAnswers;
import vowcheck.adapters.workflow.StepFunctionsExecutions;
import vowcheck.core.export.PredictionExports;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.training.PromotionPolicy;
import vowcheck.core.training.PromotionRule;
import vowcheck.core.workflow.AbandonedRuns;
import vowcheck.core.workflow.ApprovalRequest;
import vowcheck.core.workflow.Approvals;
import vowcheck.core.workflow.DecisionAudit;
import vowcheck.core.workflow.FollowRegistry;
import vowcheck.core.workflow.Promotion;
import vowcheck.core.workflow.Replay;
import vowcheck.core.workflow.Restoration;
import vowcheck.core.workflow.Rollback;
import vowcheck.core.workflow.ShadowOperation;
import vowcheck.core.workflow.TrainingClaims;
import vowcheck.core.workflow.TrainingLock;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.RefusalMetrics;

/// Assembles the objects of the handlers that call MLflow: the operators' calls and the workflow's steps.
/// Only these are deployed with MLflow's client; [Wiring] does not refer to it.
final class MlflowWiring {

    /// Of a statement that records a decision: a few are run for one call.
    private static final Duration RECORD_LIMIT = Duration.ofSeconds(2);

    private final Settings settings;
    private final InstantSource clock = InstantSource.system();
    private final Secrets secrets = new Secrets(AwsClients.secretsManager());
    private final S3Client s3 = AwsClients.s3();

    /// One for all uses, so that a step reads the secret once.
    private final RememberedSecret<MlflowLogin> mlflowLogin;

    /// One for all uses, and so one connection. It is opened with the first decision.
    private final Database database;

    private final Deadline deadline = new Deadline(MlflowLimits.PATIENCE, clock);

    MlflowWiring(Settings settings) {
        this.settings = settings;
        this.database = new Database(
                DatabaseAddress.from(settings), DatabaseAuthentication.login(settings, secrets), RECORD_LIMIT);
        var secret = settings.text(MLFLOW_SECRET);
        this.mlflowLogin = new RememberedSecret<>(() -> secrets.text(secret), MlflowLogin::fromSecret, clock);
    }

    FollowRegistry followRegistry() {
        return new FollowRegistry(models(), mlflowWithinDeadline(), workflow(), audit());
    }

    Rollback rollback() {
        return new Rollback(models(), mlflowWithinDeadline(), workflow(), audit());
    }

    ShadowOperation shadowOperation() {
        return new ShadowOperation(models(), audit(), clock);
    }

    Approvals approvals() {
        return new Approvals(workflow(), new StepFunctionsAnswers(AwsClients.stepFunctions()), audit());
    }

    ApprovalRequest approvalRequest() {
        return new ApprovalRequest(workflow(), models(), workflow());
    }

    PredictionExports predictionExports() {
        return new PredictionExports(
                new S3Exports(s3, AwsClients::s3Links, settings.text(MODEL_BUCKET)),
                new LambdaExportTask(AwsClients.lambda(), settings.text(EXPORT_FUNCTION)),
                clock,
                new SecureRandom());
    }

    /// Of MLflow's calls for one operator's call.
    Deadline deadline() {
        return deadline;
    }

    RefusalMetrics refusalMetrics() {
        return new RefusalMetrics(new MetricLog(settings.text(STAGE), System.out), clock);
    }

    TrainingLock trainingLock() {
        return new TrainingLock(workflow(), new StepFunctionsExecutions(AwsClients.stepFunctions()));
    }

    TrainingClaims trainingClaims() {
        return new TrainingClaims(workflow(), new StepFunctionsExecutions(AwsClients.stepFunctions()));
    }

    Promotion promotion() {
        return new Promotion(
                workflow(),
                workflow(),
                workflow(),
                workflow(),
                models(),
                mlflow(MlflowLimits.WORKFLOW),
                new LambdaSmokeCall(AwsClients.lambda(), settings.text(SCORING_FUNCTION)),
                new PromotionRule(settings.choice(PROMOTION_POLICY, PromotionPolicy.class)),
                audit());
    }

    Restoration restoration() {
        return new Restoration(workflow(), models(), mlflow(MlflowLimits.WORKFLOW), audit());
    }

    Replay replay() {
        return new Replay(workflow(), models(), mlflow(MlflowLimits.WORKFLOW), restoration(), audit());
    }

    /// Within shorter limits than the other calls of a step, which do not wait for it.
    AbandonedRuns abandonedRuns() {
        return new AbandonedRuns(mlflow(MlflowLimits.INTERACTIVE));
    }

    private DecisionAudit audit() {
        return new DecisionAudit(new PostgresModelDecisions(database), clock);
    }

    private S3ModelStore models() {
        return new S3ModelStore(s3, settings.text(MODEL_BUCKET), FeatureSchema.CURRENT);
    }

    private S3Workflow workflow() {
        return new S3Workflow(s3, settings.text(MODEL_BUCKET));
    }

    private Mlflow mlflowWithinDeadline() {
        return new Mlflow(
                URI.create(settings.text(MLFLOW_URL)), mlflowLogin, MlflowLimits.INTERACTIVE, deadline, clock);
    }

    private Mlflow mlflow(MlflowLimits limits) {
        return new Mlflow(URI.create(settings.text(MLFLOW_URL)), mlflowLogin, limits, clock);
    }
}
