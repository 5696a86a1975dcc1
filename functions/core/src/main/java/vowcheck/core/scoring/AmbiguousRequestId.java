package vowcheck.core.scoring;

import java.util.List;
import vowcheck.core.clients.ClientName;

/// Several clients have a request with the same id, and the operator or auditor who asked named none of them.
public final class AmbiguousRequestId extends RuntimeException {

    public AmbiguousRequestId(List<ClientName> clients) {
        super("requests of several clients have this id (%s): add ?client= with one of them"
                .formatted(String.join(
                        ", ", clients.stream().map(ClientName::value).toList())));
    }
}
