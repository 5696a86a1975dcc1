package vowcheck.adapters.deployment;

/// The context values of a synthesis that more than one module knows.
public final class ContextKey {
    /// The name of the stage.
    public static final String STAGE = "stage";

    /// The port where MLflow listens.
    public static final String MLFLOW_PORT = "mlflowPort";

    private ContextKey() {}
}
