package vowcheck.core.scoring;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.core.features.Application;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;

/// The scored applications of one request, in the order of its instances. They are stored together or not at all.
///
/// @param modelVersion the version that answered
/// @param manifestHash SHA-256 of that version's manifest, or null where the request was stored before requests stated
///     it
public record ScoredRequest(
        RequestOrigin origin,
        Instant timestamp,
        ModelVersion modelVersion,
        @Nullable Sha256 manifestHash,
        List<ScoredApplication> scored) {

    public ScoredRequest {
        scored = List.copyOf(scored);
    }

    /// A request that a model has scored.
    public ScoredRequest(RequestOrigin origin, Instant timestamp, ModelIdentity model, List<ScoredApplication> scored) {
        this(origin, timestamp, model.version(), model.manifestHash(), scored);
    }

    /// The same request with some of its applications.
    public ScoredRequest part(List<ScoredApplication> some) {
        return new ScoredRequest(origin, timestamp, modelVersion, manifestHash, some);
    }

    /// The model that answered; empty where only its version is known.
    public Optional<ModelIdentity> model() {
        return Optional.ofNullable(manifestHash).map(hash -> new ModelIdentity(modelVersion, hash));
    }

    /// Identifies the request.
    public RequestId requestId() {
        return origin.requestId();
    }

    /// The applications, in order.
    public List<Application> applications() {
        return scored.stream().map(ScoredApplication::application).toList();
    }

    /// What the client sent, in order.
    public List<SubmittedApplication> submitted() {
        return scored.stream().map(ScoredApplication::submitted).toList();
    }
}
