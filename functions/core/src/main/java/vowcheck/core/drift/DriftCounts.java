package vowcheck.core.drift;

import java.time.LocalDate;
import java.util.SequencedMap;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ReferenceDistribution;

/// Port: counts logged applications where they are stored.
public interface DriftCounts {

    /// Counts what was logged from the start of `cutoff` (UTC) on in the bins of `reference`; a value that is
    /// missing is in no bin. Throws [DriftDataUnavailable] when the store does not answer.
    LoggedCounts since(LocalDate cutoff, SequencedMap<Feature, ReferenceDistribution> reference);

    /// How many applications that were logged since then a version has scored as the shadow. Throws as the other
    /// method does.
    ShadowRows shadowed(ModelVersion shadow, LocalDate cutoff);
}
