package vowcheck.core.drift;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelVersion;

/// One drift check.
///
/// @param checkedAt when it was made
/// @param modelVersion the version in production, whose reference was compared with
/// @param dataCutoffDate the first day whose logged applications count
/// @param rows how many applications were logged since
/// @param psiByFeature the index of each of the model's features, in the model's order; a feature that no
///     logged row has is left out
/// @param policy that it was judged by
public record DriftReport(
        Instant checkedAt,
        ModelVersion modelVersion,
        LocalDate dataCutoffDate,
        long rows,
        SequencedMap<Feature, Double> psiByFeature,
        DriftPolicy policy,
        DriftVerdict verdict) {

    public DriftReport {
        psiByFeature = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(psiByFeature));
    }
}
