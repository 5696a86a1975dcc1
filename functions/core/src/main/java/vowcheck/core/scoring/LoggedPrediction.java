package vowcheck.core.scoring;

import java.time.Instant;
import vowcheck.core.model.ModelVersion;

/// One instance of a stored request, without its features.
///
/// @param origin of its request
/// @param instance its index in the request, from 0
/// @param modelVersion the version that answered
public record LoggedPrediction(
        RequestOrigin origin, int instance, Instant timestamp, ModelVersion modelVersion, double probability) {}
