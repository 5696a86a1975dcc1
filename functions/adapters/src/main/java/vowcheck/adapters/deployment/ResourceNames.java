package vowcheck.adapters.deployment;

import vowcheck.core.clients.ClientName;
import vowcheck.core.clients.KeyId;

/// The physical names of a stage's resources.
public final class ResourceNames {
    /// The alias of every function that callers invoke.
    public static final String LIVE_ALIAS = "live";

    /// The part of the workflow that loads labelled rows.
    public static final String IMPORT_WORKFLOW = "import";

    private ResourceNames() {}

    /// The name of what a stage has one of, such as `vowcheck-local` for the cluster of the stage `local`.
    public static String only(String stage) {
        return "vowcheck-" + stage;
    }

    /// A resource's name, such as `vowcheck-local-scoring` for the part `scoring` of the stage `local`.
    public static String resource(String stage, String part) {
        return only(stage) + "-" + part;
    }

    /// A secret's name, such as `vowcheck-local/operators` for the part `operators` of the stage `local`.
    public static String secret(String stage, String part) {
        return only(stage) + "/" + part;
    }

    /// The bucket of the models and of everything else that [BucketKeys] names.
    public static String modelBucket(String stage, String account) {
        return resource(stage, "models") + "-" + account;
    }

    /// What the names of all clients' secrets begin with; the client's name follows.
    public static String clientSecrets(String stage) {
        return secret(stage, "clients/");
    }

    /// The secret with a client's API keys, such as `vowcheck-local/clients/clerks`.
    public static String clientSecret(String stage, ClientName client) {
        return clientSecrets(stage) + client;
    }

    /// What the names of all clients' usage plans begin with; the client's name follows.
    public static String usagePlans(String stage) {
        return resource(stage, "client-");
    }

    /// The usage plan of a client, such as `vowcheck-local-client-clerks`.
    public static String usagePlan(String stage, ClientName client) {
        return usagePlans(stage) + client;
    }

    /// What the names of all API keys begin with; the key's id follows.
    public static String gatewayKeys(String stage) {
        return resource(stage, "key-");
    }

    /// An API key's name in API Gateway, such as `vowcheck-local-key-clerks-Ab12Cd34`.
    public static String gatewayKey(String stage, KeyId key) {
        return gatewayKeys(stage) + key;
    }

    /// The log group of the function `part`.
    public static String functionLogs(String stage, String part) {
        return "/aws/lambda/" + resource(stage, part);
    }

    /// The log group of the container task `part`.
    public static String containerLogs(String stage, String part) {
        return "/aws/ecs/" + resource(stage, part);
    }
}
