package vowcheck.adapters.deployment;

/// The physical names of a stage's resources.
public final class ResourceNames {
    /// The alias of every function that callers invoke.
    public static final String LIVE_ALIAS = "live";

    private ResourceNames() {}

    /// A resource's name, such as `vowcheck-local-scoring` for the part `scoring` of the stage `local`.
    public static String resource(String stage, String part) {
        return "vowcheck-" + stage + "-" + part;
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
