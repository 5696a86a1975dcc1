package vowcheck.core.scoring;

import java.time.Instant;
import java.util.List;
import vowcheck.core.features.Application;
import vowcheck.core.model.ModelVersion;

/// The scored applications of one request, in the order of its instances. They are stored together or not at all.
public record ScoredRequest(
        RequestOrigin origin, Instant timestamp, ModelVersion modelVersion, List<ScoredApplication> scored) {

    public ScoredRequest {
        scored = List.copyOf(scored);
    }

    /// Identifies the request.
    public RequestId requestId() {
        return origin.requestId();
    }

    /// The applications, in order.
    public List<Application> applications() {
        return scored.stream().map(ScoredApplication::application).toList();
    }
}
