package vowcheck.core.scoring;

import vowcheck.core.clients.ClientName;

/// Who sent a request, by which call and why: what is stored besides its applications. A request is identified by its
/// client and the id together: two clients may use the same id.
///
/// @param client owns the rows
public record RequestOrigin(RequestId requestId, Endpoint endpoint, Purpose purpose, ClientName client) {}
