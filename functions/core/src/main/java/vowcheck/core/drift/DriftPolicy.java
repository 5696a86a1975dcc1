package vowcheck.core.drift;

import java.util.Map;
import java.util.SequencedMap;
import vowcheck.core.features.Feature;

/// The rule by which a difference counts as drift.
///
/// @param threshold an index above this is drift; finite, greater than 0
/// @param minSamples the fewest rows that are judged, of all rows and of those that have a feature; at least 1
public record DriftPolicy(double threshold, int minSamples) {

    /// The policy of every stage: that of the installation that vowcheck replaces.
    public static final DriftPolicy DEFAULT = new DriftPolicy(0.05, 1000);

    public DriftPolicy {
        if (!(threshold > 0 && Double.isFinite(threshold))) {
            throw new IllegalArgumentException(
                    "PSI threshold %s, expected a finite number greater than 0".formatted(threshold));
        }
        if (minSamples < 1) {
            throw new IllegalArgumentException("%d samples, expected at least 1".formatted(minSamples));
        }
    }

    /// The fewest rows from which a feature's index is computed: as many as are judged. Where there are fewer rows in
    /// all, nothing is judged, and the report has an index for every feature that at least one row has.
    ///
    /// @param rows the number of all rows
    long leastRows(long rows) {
        return rows < minSamples ? 1 : minSamples;
    }

    /// Judges the indices that were computed from that many rows.
    public DriftVerdict judge(long rows, SequencedMap<Feature, Double> psiByFeature) {
        if (rows < minSamples) {
            return new DriftVerdict.TooFewRows();
        }
        var drifted = psiByFeature.entrySet().stream()
                .filter(psi -> psi.getValue() > threshold)
                .map(Map.Entry::getKey)
                .toList();
        return drifted.isEmpty() ? new DriftVerdict.Stable() : new DriftVerdict.Drifted(drifted);
    }
}
