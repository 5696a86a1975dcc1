package vowcheck.core.scoring;

/// Who sent a request, by which call and why: what is stored besides its applications.
///
/// @param apiKeyId the key that owns the rows
public record RequestOrigin(RequestId requestId, Endpoint endpoint, Purpose purpose, ApiKeyId apiKeyId) {}
