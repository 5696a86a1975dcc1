package vowcheck.adapters.deployment;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What may be said at a synthesis, as `-c KEY=VALUE`.
public enum ContextKey {
    /// The stage's name: `local`, `dev` or `prod`.
    STAGE("stage"),

    /// Mail addresses, separated by commas, that get the alarms.
    NOTIFICATION_EMAIL("notificationEmail"),

    /// Networks, separated by commas, from which the API may be reached, or `anyone`.
    ALLOWED_ADDRESSES("allowedAddresses"),

    /// `iam`: calls that score must be signed.
    AUTHORIZATION("authorization"),

    /// `at-once` or `staged`: how a new version of the scoring function gets its callers.
    ROLLOUT("rollout"),

    /// A host name of our own for the API.
    DOMAIN("domain"),

    /// The ARN of its certificate.
    CERTIFICATE("certificate"),

    /// `up` or `down`: whether MLflow and its load balancer are there.
    MLFLOW("mlflow"),

    /// The port where MLflow listens.
    MLFLOW_PORT("mlflowPort"),

    /// The code of the functions without MLflow's client: a zip or a folder.
    FUNCTIONS("functions"),

    /// The code of the functions with MLflow's client: a zip or a folder.
    MLFLOW_FUNCTIONS("mlflowFunctions"),

    /// The folder of the training container's Dockerfile.
    TRAINING_IMAGE("trainingImage"),

    /// The folder of the MLflow container's Dockerfile.
    MLFLOW_IMAGE("mlflowImage");

    private final String text;

    ContextKey(String text) {
        this.text = text;
    }

    /// The key as the CDK CLI takes it.
    public String text() {
        return text;
    }

    /// All keys, for messages.
    public static String all() {
        return Arrays.stream(values()).map(ContextKey::text).collect(Collectors.joining(", "));
    }
}
