package vowcheck.infra;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.lambda.OperationsHandler;
import vowcheck.lambda.ScoringHandler;

/// What answers and works: the API, the functions, the queue of unlogged predictions, the alarms.
public final class ServiceStack extends Stack {
    /// A little less than API Gateway waits, so that a function's last words are its own.
    private static final Duration ANSWER_TIMEOUT = Duration.seconds(28);

    /// What the service is made of and works on.
    ///
    /// @param functions the code of every function
    record Parts(
            Stage stage,
            Code functions,
            Network network,
            Database database,
            ModelBucket models,
            AccessSecrets access) {}

    ServiceStack(Construct scope, String id, StackProps props, Parts parts) {
        super(scope, id, props);
        var common = new HandlerFunction.Common(parts.stage(), parts.functions());
        var notifications = new Notifications(this, "Notifications", parts.stage());
        var unlogged = new UnloggedPredictions(this, "UnloggedPredictions", common, parts);
        var scoring = scoring(common, parts, unlogged);
        var operations = operations(common, parts);
        var operators = new OperatorAuthorizer(this, "OperatorAuthorizer", common, parts.access());
        var migrations = new Migrations(this, "Migrations", common, parts);
        migrations.runBefore(scoring, unlogged.relog());
        var api = new ScoringApi(
                this,
                "ScoringApi",
                new ScoringApi.Props(parts.stage(), scoring, operations, operators, parts.access()));
        new Alarms(
                this,
                "Alarms",
                new Alarms.Watched(
                        notifications,
                        unlogged,
                        api,
                        Map.of(
                                "Scoring", scoring,
                                "Operations", operations,
                                "OperatorAuthorizer", operators.function(),
                                "Relog", unlogged.relog(),
                                "Migrate", migrations.function())));

        output("RestApiId", api.id());
        output("ApiStageName", ScoringApi.STAGE_NAME);
        output("ApiUrl", api.url());
        output("MigrateFunctionName", migrations.function().live().getFunctionArn());
        output("ScoringFunctionName", scoring.function().getFunctionName());
        output("OperationsFunctionName", operations.function().getFunctionName());
        output("OperatorAuthorizerFunctionName", operators.function().function().getFunctionName());
        output("RelogFunctionName", unlogged.relog().function().getFunctionName());
        output("UnloggedQueueUrl", unlogged.queue().getQueueUrl());
        output("UnloggedDeadLetterQueueUrl", unlogged.deadLetters().getQueueUrl());
        output("NotificationTopicArn", notifications.topic().getTopicArn());
    }

    private HandlerFunction scoring(HandlerFunction.Common common, Parts parts, UnloggedPredictions unlogged) {
        var secret = parts.database().secret(DatabaseRole.SCORING);
        var settings = new EnumMap<Setting, String>(parts.database().settings());
        settings.put(Setting.DATABASE_SECRET, secret.getSecretArn());
        settings.put(Setting.MODEL_BUCKET, parts.models().bucket().getBucketName());
        settings.put(Setting.MODEL_REFRESH_AGE, parts.stage().modelRefreshAge().toString());
        settings.put(Setting.UNLOGGED_QUEUE_URL, unlogged.queue().getQueueUrl());
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
        secret.grantRead(scoring.function());
        parts.models().grantModelReads(scoring.function());
        parts.models().grantUnloggedWrites(scoring.function());
        unlogged.queue().grantSendMessages(scoring.function());
        return scoring;
    }

    private HandlerFunction operations(HandlerFunction.Common common, Parts parts) {
        var operations = new HandlerFunction(
                this,
                "Operations",
                common,
                new HandlerFunction.Props(
                        "operations",
                        OperationsHandler.class,
                        "Answers the operators: update-model",
                        ANSWER_TIMEOUT,
                        List.of(),
                        Map.of(Setting.MODEL_BUCKET, parts.models().bucket().getBucketName())));
        parts.models().grantModelReads(operations.function());
        return operations;
    }

    private void output(String name, String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
