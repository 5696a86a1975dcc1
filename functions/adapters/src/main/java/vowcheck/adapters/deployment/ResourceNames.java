package vowcheck.adapters.deployment;

/// The physical names of a stage's resources.
public final class ResourceNames {
    /// The alias of every function that callers invoke.
    public static final String LIVE_ALIAS = "live";

    private ResourceNames() {}

    /// The name of what a stage has one of, such as `vowcheck-local` for the cluster of the stage `local`.
    public static String only(String stage) {
        return "vowcheck-" + stage;
    }

    /// A resource's name, such as `vowcheck-local-scoring` for the part `scoring` of the stage `local`.
    public static String resource(String stage, String part) {
        return only(stage) + "-" + part;
    }

    /// A secret's name, such as `vowcheck-local/api-key` for the part `api-key` of the stage `local`.
    public static String secret(String stage, String part) {
        return only(stage) + "/" + part;
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
