package vowcheck.core.scoring;

import vowcheck.core.clients.ClientName;

/// What a message of the queue points to does not exist any more. Its request may have been stored or erased
/// before, which also delete it.
public final class LostPredictions extends RuntimeException {

    private final transient ClientName client;
    private final transient RequestId requestId;

    public LostPredictions(ClientName client, RequestId requestId) {
        super("the object that it points to does not exist");
        this.client = client;
        this.requestId = requestId;
    }

    ClientName client() {
        return client;
    }

    RequestId requestId() {
        return requestId;
    }
}
