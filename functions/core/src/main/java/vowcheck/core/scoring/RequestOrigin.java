package vowcheck.core.scoring;

/// Where scored applications come from: what is stored of a request besides its applications.
///
/// @param apiKeyId the key that owns the rows
public record RequestOrigin(RequestId requestId, Endpoint endpoint, Purpose purpose, ApiKeyId apiKeyId) {}
