package vowcheck.adapters.deployment;

/// The containers of a stage. A container's task, its log group and what runs it are named after it; locally, its name
/// decides which program runs in its place.
public enum DeployedContainer {
    TRAINING("training"),
    MLFLOW("mlflow");

    private final String containerName;

    DeployedContainer(String containerName) {
        this.containerName = containerName;
    }

    /// The container's name in its task definition.
    public String containerName() {
        return containerName;
    }
}
