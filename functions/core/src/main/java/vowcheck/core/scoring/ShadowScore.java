package vowcheck.core.scoring;

import vowcheck.core.model.ModelVersion;

/// The probability, 0 to 1, that the shadow computed for an application. It is stored and never answered.
///
/// @param version the shadow's version
public record ShadowScore(ModelVersion version, double probability) {

    public ShadowScore {
        ScoredApplication.requireProbability(probability);
    }
}
