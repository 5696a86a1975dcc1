package vowcheck.core.scoring;

import java.time.Instant;
import java.util.List;
import vowcheck.core.model.ModelVersion;

/// One request's scored applications, in the order of its instances: what is logged whole or not at all.
public record ScoredRequest(
        RequestId requestId,
        Endpoint endpoint,
        Instant timestamp,
        ModelVersion modelVersion,
        List<ScoredApplication> applications) {

    public ScoredRequest {
        applications = List.copyOf(applications);
    }
}
