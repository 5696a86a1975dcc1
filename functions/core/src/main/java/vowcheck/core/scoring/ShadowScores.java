package vowcheck.core.scoring;

import vowcheck.core.model.ShadowPointer.NamedShadow;

/// Port: the stored scores of a shadow beside those that were answered.
public interface ShadowScores {

    /// Compares the newest ones since the shadow was started. Throws [PredictionsUnavailable] when the store is
    /// out of reach.
    ShadowComparison of(NamedShadow shadow);
}
