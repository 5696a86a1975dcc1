package vowcheck.core.scoring;

/// The id of the API key that a request was made with; not the key itself.
public record ApiKeyId(String value) {

    /// The id for a request without an API key. It owns nothing.
    public static final ApiKeyId UNKNOWN = new ApiKeyId("unknown");

    public ApiKeyId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("an API key's id is blank");
        }
    }

    /// Whether rows that were stored for `owner` belong to this key.
    public boolean owns(ApiKeyId owner) {
        return !equals(UNKNOWN) && equals(owner);
    }
}
