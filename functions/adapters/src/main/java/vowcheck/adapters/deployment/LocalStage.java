package vowcheck.adapters.deployment;

/// The stage that the launcher deploys to LocalStack.
public final class LocalStage {
    /// The stage's name.
    public static final String NAME = "local";

    /// LocalStack's account.
    public static final String ACCOUNT = "000000000000";

    private LocalStage() {}
}
