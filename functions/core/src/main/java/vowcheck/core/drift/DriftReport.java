package vowcheck.core.drift;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelVersion;

/// One drift check.
///
/// @param checkedAt when it was made
/// @param modelVersion the version in production, whose reference was compared with
/// @param dataCutoffDate the first day whose logged applications count
/// @param rows how many applications were logged since
/// @param psiByFeature each feature's index, in the order of [Feature]; empty where no row was logged
/// @param policy that it was judged by
public record DriftReport(
        Instant checkedAt,
        ModelVersion modelVersion,
        LocalDate dataCutoffDate,
        long rows,
        SortedMap<Feature, Double> psiByFeature,
        DriftPolicy policy,
        DriftVerdict verdict) {

    public DriftReport {
        psiByFeature = Collections.unmodifiableSortedMap(new TreeMap<>(psiByFeature));
    }
}
