package vowcheck.infra;

import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.constructs.Construct;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.infra.api.OperatorAuthorizer;
import vowcheck.infra.api.ScoringApi;
import vowcheck.infra.functions.DatabaseMigrations;
import vowcheck.infra.functions.DriftMonitor;
import vowcheck.infra.functions.ErasureFunction;
import vowcheck.infra.functions.ExportFunction;
import vowcheck.infra.functions.OperationsFunction;
import vowcheck.infra.functions.PublicFunction;
import vowcheck.infra.functions.RelogConsumer;
import vowcheck.infra.functions.RetentionSchedule;
import vowcheck.infra.functions.ScoringCanary;
import vowcheck.infra.functions.ScoringFunction;
import vowcheck.infra.functions.StagedRollout;
import vowcheck.infra.mlflow.TrackingServer;
import vowcheck.infra.observation.Alarms;
import vowcheck.infra.observation.Notifications;
import vowcheck.infra.observation.SpendingLimit;
import vowcheck.infra.observation.StageDashboard;
import vowcheck.infra.observation.UndeliveredEvents;
import vowcheck.infra.programs.ContainerCluster;
import vowcheck.infra.programs.FunctionAssets;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.infra.stage.AllowedCallers;
import vowcheck.infra.stage.Stage;
import vowcheck.infra.training.ImportWorkflow;
import vowcheck.infra.training.TrainingReplay;
import vowcheck.infra.training.TrainingWorkflow;
import vowcheck.lambda.OperatorAuthorizerHandler;

/// What can be deployed again at any time: the API, the functions, the training workflow, MLflow and the alarms.
public final class ServiceStack extends Stack {
    /// What the build made.
    ///
    /// @param trainingImage folder of the training container's Dockerfile
    /// @param mlflowImage folder of the MLflow container's Dockerfile
    record Artifacts(FunctionAssets functions, String trainingImage, String mlflowImage) {}

    ServiceStack(Construct scope, String id, StackProps props, Stage stage, Artifacts artifacts, DataStack data) {
        super(scope, id, props);
        // A change of the template, so that a deployment reads the new server's address and id.
        stage.database().restored().ifPresent(restored -> Tags.of(this).add("database", restored.server()));
        var network = data.network();
        var database = data.database();
        var models = data.models();
        var common = new HandlerFunction.Common(stage, artifacts.functions());

        var notifications = new Notifications(this, "Notifications", stage);
        var undelivered = new UndeliveredEvents(this, "UndeliveredEvents", stage);
        var relog = new RelogConsumer(
                this,
                "UnloggedPredictions",
                common,
                new RelogConsumer.Resources(network, database, models, data.unlogged(), data.tombstones()));
        var scoring = new ScoringFunction(
                this,
                "Scoring",
                common,
                new ScoringFunction.Resources(
                        network, database, models, data.unlogged(), data.access(), data.tombstones()));
        var erasure = new ErasureFunction(
                this, "Erasure", common, new ErasureFunction.Resources(network, database, models, data.tombstones()));
        var publicCalls = new PublicFunction(this, "Public", common);
        var cluster = new ContainerCluster(this, "Cluster", stage, network);
        var mlflow = new TrackingServer(
                this,
                "ExperimentTracking",
                new TrackingServer.Props(
                        stage,
                        artifacts.mlflowImage(),
                        ScoringApi.STAGE_NAME,
                        cluster,
                        network,
                        database,
                        models,
                        data.tracking()));
        var export =
                new ExportFunction(this, "Export", common, new ExportFunction.Resources(network, database, models));
        var operations = new OperationsFunction(
                this,
                "Operations",
                common,
                new OperationsFunction.Resources(network, database, models, mlflow.access(), export));
        var operators = new OperatorAuthorizer(
                this, "OperatorAuthorizer", common, new OperatorAuthorizer.Resources(data.access(), data.tracking()));
        var training = new TrainingWorkflow(
                this,
                "TrainingWorkflow",
                common,
                new TrainingWorkflow.Props(
                        stage,
                        artifacts.trainingImage(),
                        cluster,
                        network,
                        database,
                        models,
                        mlflow.access(),
                        scoring,
                        notifications,
                        undelivered));
        var replay = new TrainingReplay(this, "TrainingReplay", stage, training, undelivered);
        var imports = new ImportWorkflow(
                this,
                "ImportWorkflow",
                new ImportWorkflow.Props(
                        stage, artifacts.trainingImage(), cluster, network, database, models, data.tombstones()));
        var drift = new DriftMonitor(
                this, "DriftMonitor", common, new DriftMonitor.Resources(network, database, models, undelivered));
        var retention = new RetentionSchedule(
                this, "RetentionSchedule", common, new RetentionSchedule.Resources(network, database, undelivered));
        var migrations =
                new DatabaseMigrations(this, "Migrations", common, new DatabaseMigrations.Resources(network, database));
        migrations.runBefore(
                scoring.live(),
                relog.function().live(),
                erasure.live(),
                operations.live(),
                training.promotion().live(),
                drift.function().live(),
                retention.function().live(),
                export.live());
        mlflow.service().ifPresent(migrations::runBefore);
        var api = new ScoringApi(
                this,
                "ScoringApi",
                new ScoringApi.Props(stage, scoring, operations, erasure, publicCalls, operators, mlflow));
        if (stage.limits().monthlyBudgetUsd() > 0) {
            new SpendingLimit(this, "SpendingLimit", stage);
        }
        var watched = new Alarms.Watched(
                stage,
                notifications,
                database,
                data.unlogged(),
                undelivered,
                api,
                training.machine(),
                replay.machine(),
                imports.machine(),
                mlflow,
                operators.function(),
                publicCalls,
                Map.of(
                        "Scoring", scoring,
                        "Operations", operations,
                        "Erasure", erasure,
                        "Relog", relog.function(),
                        "Promotion", training.promotion(),
                        "Drift", drift.function(),
                        "Retention", retention.function(),
                        "Export", export,
                        "Migrate", migrations.function()));
        var alarms = new Alarms(this, "Alarms", watched);
        new StageDashboard(this, "Dashboard", watched, alarms);
        if (!stage.observation().canary().isZero()) {
            new ScoringCanary(this, "Canary", stage, scoring, undelivered);
        }
        if (stage.scoring().rollout() == Stage.Rollout.STAGED) {
            new StagedRollout(this, "Rollout", stage, scoring, alarms.ofScoring());
        }

        output(StackOutput.REST_API_ID, api.id());
        output(StackOutput.API_STAGE_NAME, ScoringApi.STAGE_NAME);
        output(StackOutput.API_URL, api.url());
        output(
                StackOutput.API_AUTHORIZATION,
                stage.api().callers() instanceof AllowedCallers.Signed ? StackOutput.SIGNED : "NONE");
        // For people; the stages that the launcher knows have no host name of their own.
        api.domainTarget()
                .ifPresent(target -> CfnOutput.Builder.create(this, "ApiDomainTarget")
                        .value(target)
                        .build());
        output(StackOutput.MLFLOW_PATH, OperatorAuthorizerHandler.MLFLOW_PATH);
        output(
                StackOutput.MLFLOW_STATE,
                switch (stage.tracking().state()) {
                    case UP -> "UP";
                    case DOWN -> StackOutput.DOWN;
                });
        output(StackOutput.SCORING_FUNCTION_NAME, scoring.name());
        output(StackOutput.OPERATIONS_FUNCTION_NAME, operations.name());
        output(StackOutput.ERASURE_FUNCTION_NAME, erasure.name());
        output(StackOutput.PUBLIC_FUNCTION_NAME, publicCalls.name());
        output(
                StackOutput.OPERATOR_AUTHORIZER_FUNCTION_NAME,
                operators.function().name());
        output(StackOutput.RELOG_FUNCTION_NAME, relog.function().name());
        output(StackOutput.PROMOTION_FUNCTION_NAME, training.promotion().name());
        output(StackOutput.MIGRATE_FUNCTION_NAME, migrations.function().live().getFunctionArn());
        output(StackOutput.DRIFT_FUNCTION_NAME, drift.function().live().getFunctionArn());
        output(StackOutput.RETENTION_FUNCTION_NAME, retention.function().live().getFunctionArn());
        output(StackOutput.TRAINING_STATE_MACHINE_ARN, training.machine().getStateMachineArn());
        output(StackOutput.REPLAY_STATE_MACHINE_ARN, replay.machine().getStateMachineArn());
        output(StackOutput.IMPORT_STATE_MACHINE_ARN, imports.machine().getStateMachineArn());
        output(StackOutput.TRAINING_CLUSTER_NAME, cluster.getClusterName());
        output(StackOutput.NOTIFICATION_TOPIC_ARN, notifications.topic().getTopicArn());
    }

    private void output(StackOutput output, String value) {
        CfnOutput.Builder.create(this, output.outputName()).value(value).build();
    }
}
