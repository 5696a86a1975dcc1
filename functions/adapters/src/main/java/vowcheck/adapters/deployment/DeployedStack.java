package vowcheck.adapters.deployment;

/// The stacks of a stage.
public enum DeployedStack {
    /// Holds the data, and is kept when the other is deleted.
    DATA("data"),
    /// Holds what can be deployed again at any time.
    SERVICE("service");

    private final String part;

    DeployedStack(String part) {
        this.part = part;
    }

    /// The stack's name in CloudFormation, such as `vowcheck-local-data`.
    public String stackName(String stage) {
        return ResourceNames.resource(stage, part);
    }
}
