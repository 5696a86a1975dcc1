package vowcheck.core.drift;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vowcheck.core.features.Feature;

/// The logged applications since a day, counted in a reference's bins.
///
/// @param rows how many there are
/// @param countsByFeature each feature's counts, bin by bin
public record LoggedCounts(long rows, Map<Feature, List<Long>> countsByFeature) {

    public LoggedCounts {
        var copy = new HashMap<Feature, List<Long>>();
        countsByFeature.forEach((feature, counts) -> copy.put(feature, List.copyOf(counts)));
        countsByFeature = Map.copyOf(copy);
    }
}
