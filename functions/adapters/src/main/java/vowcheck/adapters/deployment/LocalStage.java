package vowcheck.adapters.deployment;

/// The stage that the launcher deploys to LocalStack.
public final class LocalStage {
    /// The stage's name.
    public static final String NAME = "local";

    /// LocalStack's account.
    public static final String ACCOUNT = "000000000000";

    /// The id of its REST API, which is a part of every URL. LocalStack takes it from a tag; otherwise each start would
    /// change the URLs.
    public static final String REST_API_ID = "vowcheck";

    private LocalStage() {}
}
