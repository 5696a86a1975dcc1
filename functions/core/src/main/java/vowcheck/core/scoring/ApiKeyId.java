package vowcheck.core.scoring;

/// The id, not the secret, of the API key that a request came with.
public record ApiKeyId(String value) {

    /// Of a request that came by no API key: it owns nothing.
    public static final ApiKeyId UNKNOWN = new ApiKeyId("unknown");

    public ApiKeyId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("an API key's id is blank");
        }
    }

    /// Whether what was stored under `owner` belongs to this key.
    public boolean owns(ApiKeyId owner) {
        return !equals(UNKNOWN) && equals(owner);
    }
}
