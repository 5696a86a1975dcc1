package vowcheck.core.drift;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vowcheck.core.features.Feature;

/// The applications that were logged since a day, counted in the bins of a reference.
///
/// @param rows the number of applications
/// @param countsByFeature the counts of each feature, by bin; applications that lack the feature are in no bin
public record LoggedCounts(long rows, Map<Feature, List<Long>> countsByFeature) {

    public LoggedCounts {
        var copy = new HashMap<Feature, List<Long>>();
        countsByFeature.forEach((feature, counts) -> copy.put(feature, List.copyOf(counts)));
        countsByFeature = Map.copyOf(copy);
    }
}
