package vowcheck.core.erasure;

import vowcheck.core.clients.ClientName;
import vowcheck.core.scoring.RequestId;

/// Port: the objects with predictions that wait to be stored and are too large for a message of the queue. Every
/// method throws [PredictionsUnavailable] when they are out of reach.
public interface UnloggedObjects {

    /// Deletes a request's objects with all their versions, and returns how many objects they were.
    long erase(ClientName client, RequestId requestId);

    /// How many objects there are, of all requests; those of which only a former version is left count as well.
    long waiting();
}
