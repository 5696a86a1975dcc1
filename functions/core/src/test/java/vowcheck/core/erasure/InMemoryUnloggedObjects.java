package vowcheck.core.erasure;

import java.util.ArrayList;
import java.util.List;
import vowcheck.core.clients.ClientName;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.RequestId;

/// Objects in memory that can be taken out of reach.
public final class InMemoryUnloggedObjects implements UnloggedObjects {

    private final List<ErasureSubject.OfRequest> objects = new ArrayList<>();
    private boolean reachable = true;

    /// Whether they are in reach from now on.
    public void reachable(boolean now) {
        reachable = now;
    }

    /// Adds an object of a request.
    public void put(ClientName client, RequestId requestId) {
        objects.add(new ErasureSubject.OfRequest(client, requestId));
    }

    @Override
    public long erase(ClientName client, RequestId requestId) {
        requireReachable();
        long before = objects.size();
        objects.removeIf(new ErasureSubject.OfRequest(client, requestId)::equals);
        return before - objects.size();
    }

    @Override
    public long waiting() {
        requireReachable();
        return objects.size();
    }

    private void requireReachable() {
        if (!reachable) {
            throw new PredictionsUnavailable("out of reach", new IllegalStateException("by the test"));
        }
    }
}
