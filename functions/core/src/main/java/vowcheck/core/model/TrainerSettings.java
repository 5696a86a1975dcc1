package vowcheck.core.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the trees were trained with.
///
/// @param parameters the training parameters under XGBoost's names, sorted by name
/// @param seed of the training's random choices
public record TrainerSettings(SortedMap<String, String> parameters, long seed) {

    public TrainerSettings {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }
}
