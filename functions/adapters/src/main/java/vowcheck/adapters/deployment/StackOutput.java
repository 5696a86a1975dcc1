package vowcheck.adapters.deployment;

import static vowcheck.adapters.deployment.DeployedStack.DATA;
import static vowcheck.adapters.deployment.DeployedStack.SERVICE;

/// The outputs of the stacks, through which the launcher and operators learn where things are.
public enum StackOutput {
    DATABASE_HOST(DATA, "DatabaseHost"),
    DATABASE_PORT(DATA, "DatabasePort"),
    DATABASE_NAME(DATA, "DatabaseName"),
    /// The secret of the role that owns the database.
    DATABASE_OWNER_SECRET_NAME(DATA, "DatabaseOwnerSecretName"),
    MODEL_BUCKET_NAME(DATA, "ModelBucketName"),
    /// The queue of the predictions that wait to be stored.
    UNLOGGED_QUEUE_URL(DATA, "UnloggedQueueUrl"),
    /// The dead-letter queue of the predictions that PostgreSQL refuses.
    UNLOGGED_DEAD_LETTER_QUEUE_URL(DATA, "UnloggedDeadLetterQueueUrl"),
    OPERATORS_SECRET_NAME(DATA, "OperatorsSecretName"),

    REST_API_ID(SERVICE, "RestApiId"),
    /// The first segment of every URL's path.
    API_STAGE_NAME(SERVICE, "ApiStageName"),
    /// The API's address on AWS, including [#API_STAGE_NAME]; with the stage's own host name where it has one.
    API_URL(SERVICE, "ApiUrl"),
    /// How API Gateway authorizes the clerks' calls, besides the API key: [#SIGNED] or `NONE`.
    API_AUTHORIZATION(SERVICE, "ApiAuthorization"),
    /// MLflow's path below [#API_STAGE_NAME].
    MLFLOW_PATH(SERVICE, "MlflowPath"),
    /// Whether MLflow is there: `UP`, or [#DOWN] where a deployment has taken it down.
    MLFLOW_STATE(SERVICE, "MlflowState"),
    /// The ARN of the function's live alias.
    MIGRATE_FUNCTION_NAME(SERVICE, "MigrateFunctionName"),
    /// The ARN of the function's live alias.
    DRIFT_FUNCTION_NAME(SERVICE, "DriftFunctionName"),
    /// The ARN of the function's live alias.
    RETENTION_FUNCTION_NAME(SERVICE, "RetentionFunctionName"),
    SCORING_FUNCTION_NAME(SERVICE, "ScoringFunctionName"),
    OPERATIONS_FUNCTION_NAME(SERVICE, "OperationsFunctionName"),
    /// Erases what is stored about a person.
    ERASURE_FUNCTION_NAME(SERVICE, "ErasureFunctionName"),
    /// Answers calls without a key.
    PUBLIC_FUNCTION_NAME(SERVICE, "PublicFunctionName"),
    OPERATOR_AUTHORIZER_FUNCTION_NAME(SERVICE, "OperatorAuthorizerFunctionName"),
    RELOG_FUNCTION_NAME(SERVICE, "RelogFunctionName"),
    PROMOTION_FUNCTION_NAME(SERVICE, "PromotionFunctionName"),
    TRAINING_STATE_MACHINE_ARN(SERVICE, "TrainingStateMachineArn"),
    REPLAY_STATE_MACHINE_ARN(SERVICE, "ReplayStateMachineArn"),
    /// Loads labelled rows of a file.
    IMPORT_STATE_MACHINE_ARN(SERVICE, "ImportStateMachineArn"),
    TRAINING_CLUSTER_NAME(SERVICE, "TrainingClusterName"),
    NOTIFICATION_TOPIC_ARN(SERVICE, "NotificationTopicArn");

    /// The value of [#API_AUTHORIZATION] where the calls must be signed.
    public static final String SIGNED = "AWS_IAM";

    /// The value of [#MLFLOW_STATE] where nothing answers for MLflow, as meant.
    public static final String DOWN = "DOWN";

    private final DeployedStack stack;
    private final String outputName;

    StackOutput(DeployedStack stack, String outputName) {
        this.stack = stack;
        this.outputName = outputName;
    }

    /// The stack that has this output.
    public DeployedStack stack() {
        return stack;
    }

    /// The output's name in CloudFormation.
    public String outputName() {
        return outputName;
    }
}
