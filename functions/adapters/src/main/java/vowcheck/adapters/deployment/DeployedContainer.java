package vowcheck.adapters.deployment;

/// The containers of a stage. A container's task, its log group and what runs it are named after it; locally, its name
/// decides which program runs in its place.
public enum DeployedContainer {
    TRAINING("training"),
    /// Runs [#IMPORT_PROGRAM] of the training's image.
    IMPORT("import"),
    MLFLOW("mlflow");

    /// The program that loads labelled rows.
    public static final String IMPORT_PROGRAM = "vowcheck.training.imports.ImportMain";

    private final String containerName;

    DeployedContainer(String containerName) {
        this.containerName = containerName;
    }

    /// The container's name in its task definition.
    public String containerName() {
        return containerName;
    }
}
