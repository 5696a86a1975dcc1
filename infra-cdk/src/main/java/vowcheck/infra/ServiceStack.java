package vowcheck.infra;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.api.OperatorAuthorizer;
import vowcheck.infra.api.ScoringApi;
import vowcheck.infra.data.AccessSecrets;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.data.TrackingSecrets;
import vowcheck.infra.data.UnloggedQueues;
import vowcheck.infra.functions.DatabaseMigrations;
import vowcheck.infra.functions.DriftMonitor;
import vowcheck.infra.functions.RelogConsumer;
import vowcheck.infra.mlflow.TrackingServer;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.observation.Alarms;
import vowcheck.infra.observation.Notifications;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.infra.stage.Stage;
import vowcheck.infra.training.TrainingReplay;
import vowcheck.infra.training.TrainingWorkflow;
import vowcheck.lambda.OperationsHandler;
import vowcheck.lambda.ScoringHandler;

/// What answers and works: the API, the functions, the training workflow, MLflow, the alarms.
public final class ServiceStack extends Stack {
    /// A little less than API Gateway waits, so that a function's last words are its own.
    private static final Duration ANSWER_TIMEOUT = Duration.seconds(28);

    /// What the service is made of and works on.
    ///
    /// @param functions the code of every function
    /// @param images the containers' images
    public record Parts(
            Stage stage,
            Code functions,
            Images images,
            Network network,
            DatabaseServer database,
            ModelBucket models,
            UnloggedQueues unlogged,
            AccessSecrets access,
            TrackingSecrets tracking) {}

    /// The folders of the images' Dockerfiles.
    public record Images(String training, String mlflow) {}

    ServiceStack(Construct scope, String id, StackProps props, Parts parts) {
        super(scope, id, props);
        var common = new HandlerFunction.Common(parts.stage(), parts.functions());
        var notifications = new Notifications(this, "Notifications", parts.stage());
        var unlogged = new RelogConsumer(this, "UnloggedPredictions", common, parts);
        var scoring = scoring(common, parts);
        var cluster = cluster(parts);
        var tracking = new TrackingServer(this, "ExperimentTracking", parts, cluster);
        var operations = operations(common, parts, tracking);
        var operators = new OperatorAuthorizer(this, "OperatorAuthorizer", common, parts.access(), parts.tracking());
        var training = new TrainingWorkflow(
                this,
                "TrainingWorkflow",
                common,
                new TrainingWorkflow.Props(parts, cluster, tracking, scoring, notifications));
        var replay = new TrainingReplay(this, "TrainingReplay", parts.stage(), training.machine());
        var drift = new DriftMonitor(this, "DriftMonitor", common, parts, training.machine());
        var migrations = new DatabaseMigrations(this, "Migrations", common, parts);
        migrations.runBefore(scoring, unlogged.relog(), drift.function());
        migrations.runBefore(tracking);
        var api = new ScoringApi(
                this,
                "ScoringApi",
                new ScoringApi.Props(parts.stage(), scoring, operations, operators, tracking, parts.access()));
        new Alarms(
                this,
                "Alarms",
                new Alarms.Watched(
                        parts.stage(),
                        notifications,
                        parts.unlogged(),
                        api,
                        training.machine(),
                        tracking,
                        Map.of(
                                "Scoring", scoring,
                                "Operations", operations,
                                "OperatorAuthorizer", operators.function(),
                                "Relog", unlogged.relog(),
                                "Promotion", training.promotion(),
                                "Drift", drift.function(),
                                "Migrate", migrations.function())));

        output(StackOutput.REST_API_ID, api.id());
        output(StackOutput.API_STAGE_NAME, ScoringApi.STAGE_NAME);
        output(StackOutput.API_URL, api.url());
        output(StackOutput.MIGRATE_FUNCTION_NAME, migrations.function().live().getFunctionArn());
        output(StackOutput.SCORING_FUNCTION_NAME, scoring.function().getFunctionName());
        output(StackOutput.OPERATIONS_FUNCTION_NAME, operations.function().getFunctionName());
        output(
                StackOutput.OPERATOR_AUTHORIZER_FUNCTION_NAME,
                operators.function().function().getFunctionName());
        output(StackOutput.RELOG_FUNCTION_NAME, unlogged.relog().function().getFunctionName());
        output(StackOutput.TRAINING_STATE_MACHINE_ARN, training.machine().getStateMachineArn());
        output(StackOutput.REPLAY_STATE_MACHINE_ARN, replay.machine().getStateMachineArn());
        output(StackOutput.TRAINING_CLUSTER_NAME, cluster.getClusterName());
        output(
                StackOutput.PROMOTION_FUNCTION_NAME,
                training.promotion().function().getFunctionName());
        output(StackOutput.DRIFT_FUNCTION_NAME, drift.function().live().getFunctionArn());
        output(StackOutput.MLFLOW_PATH, TrackingServer.PATH);
        output(StackOutput.NOTIFICATION_TOPIC_ARN, notifications.topic().getTopicArn());
    }

    private HandlerFunction scoring(HandlerFunction.Common common, Parts parts) {
        var settings = new EnumMap<Setting, String>(
                parts.database().settings(HandlerFunction.CODE_FOLDER, DatabaseRole.SCORING));
        settings.put(Setting.STAGE, parts.stage().name());
        settings.put(Setting.MODEL_BUCKET, parts.models().bucket().getBucketName());
        settings.put(Setting.MODEL_REFRESH_AGE, parts.stage().modelRefreshAge().toString());
        settings.put(Setting.UNLOGGED_QUEUE_URL, parts.unlogged().waiting().getQueueUrl());
        settings.put(Setting.OPERATORS_SECRET, parts.access().operators().getSecretArn());
        var scoring = new HandlerFunction(
                this,
                "Scoring",
                common,
                new HandlerFunction.Props(
                        "scoring",
                        ScoringHandler.class,
                        "Answers the clerks: predict, batch_predict, model-info",
                        ANSWER_TIMEOUT,
                        List.of(parts.network()),
                        settings));
        parts.database().grantLogin(DatabaseRole.SCORING, scoring.function());
        parts.access().operators().grantRead(scoring.function());
        parts.models().grantModelReads(scoring.function());
        parts.models().grantUnloggedWrites(scoring.function());
        parts.unlogged().waiting().grantSendMessages(scoring.function());
        return scoring;
    }

    private Cluster cluster(Parts parts) {
        var cluster = Cluster.Builder.create(this, "Cluster")
                .clusterName("vowcheck-" + parts.stage().name())
                .vpc(parts.network().vpc())
                .build();
        Nag.accept(
                cluster,
                "AwsSolutions-ECS4",
                "Container Insights bills by the metric; the load balancer's health and the workflow's failures say enough");
        return cluster;
    }

    private HandlerFunction operations(HandlerFunction.Common common, Parts parts, TrackingServer tracking) {
        var settings = new EnumMap<Setting, String>(tracking.settings());
        settings.put(Setting.STAGE, parts.stage().name());
        settings.put(Setting.MODEL_BUCKET, parts.models().bucket().getBucketName());
        var operations = new HandlerFunction(
                this,
                "Operations",
                common,
                new HandlerFunction.Props(
                        "operations",
                        OperationsHandler.class,
                        "Answers the operators: update-model",
                        ANSWER_TIMEOUT,
                        List.of(parts.network()),
                        settings));
        parts.models().grantModelReads(operations.function());
        parts.models().grantPointerWrites(operations.function());
        tracking.grantUse(operations.function());
        return operations;
    }

    private void output(StackOutput output, String value) {
        CfnOutput.Builder.create(this, output.outputName()).value(value).build();
    }
}
