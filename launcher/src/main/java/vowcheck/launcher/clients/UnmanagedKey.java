package vowcheck.launcher.clients;

import vowcheck.core.clients.ClientName;

/// A key that somebody has made by hand in API Gateway and added to the usage plan of a client. It can score, but what
/// it scores belongs to no client.
///
/// @param gatewayId its id in API Gateway, which the access log shows as `api_key_id`
/// @param name its name in API Gateway; may be empty
/// @param plan the client whose usage plan it is in
/// @param usedToday the requests that it has made since midnight UTC
public record UnmanagedKey(String gatewayId, String name, ClientName plan, long usedToday) {}
