package vowcheck.core.drift;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelVersion;

/// One drift check.
///
/// @param checkedAt the time of the check, by which the report is known
/// @param modelVersion the version in production, whose reference was the basis of the comparison
/// @param dataCutoffDate the first day whose logged applications count
/// @param rows the number of applications that were logged since then
/// @param psiByFeature the index of each of the model's features, in the model's order; an optional feature is left out
///     when fewer logged rows have it than the policy requires
/// @param policy the rule that the verdict follows
/// @param shadow the model that is the shadow at the time of the check; null if none is
public record DriftReport(
        Instant checkedAt,
        ModelVersion modelVersion,
        LocalDate dataCutoffDate,
        long rows,
        SequencedMap<Feature, Double> psiByFeature,
        DriftPolicy policy,
        DriftVerdict verdict,
        @Nullable ShadowRows shadow) {

    public DriftReport {
        psiByFeature = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(psiByFeature));
    }

    /// A check while no model is the shadow.
    public DriftReport(
            Instant checkedAt,
            ModelVersion modelVersion,
            LocalDate dataCutoffDate,
            long rows,
            SequencedMap<Feature, Double> psiByFeature,
            DriftPolicy policy,
            DriftVerdict verdict) {
        this(checkedAt, modelVersion, dataCutoffDate, rows, psiByFeature, policy, verdict, null);
    }

    /// The cutoff of a retraining because of this report: the day of the check in UTC.
    public LocalDate retrainingCutoff() {
        return LocalDate.ofInstant(checkedAt, ZoneOffset.UTC);
    }

    /// Each feature's index by the feature's name in JSON and SQL, in the order of [Feature].
    public Map<String, Double> psiByFieldName() {
        var psi = new LinkedHashMap<String, Double>();
        psiByFeature.forEach((feature, index) -> psi.put(feature.fieldName(), index));
        return psi;
    }

    /// The names of the features that drifted, in the order of [Feature]; none unless the verdict is
    /// [DriftVerdict.Drifted].
    public List<String> driftedFieldNames() {
        return switch (verdict) {
            case DriftVerdict.Drifted(var features) ->
                features.stream().map(Feature::fieldName).toList();
            case DriftVerdict.Stable _, DriftVerdict.TooFewRows _ -> List.of();
        };
    }
}
