package vowcheck.core.training;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A recipe that a search has tried.
///
/// @param number 0 is the default recipe; the others are drawn in this order
/// @param parameters under XGBoost's names, with the number of trees that early stopping found
/// @param chosen whether the model is trained with this recipe
public record SearchTrial(
        int number, SortedMap<String, String> parameters, Result result, boolean chosen, Instant begun, Instant ended) {

    public SearchTrial {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /// What came of a trial.
    public sealed interface Result {}

    /// It was measured on each fold.
    ///
    /// @param averagePrecisions of the folds, the oldest first, each in (0, 1]; at least one
    public record Measured(List<Double> averagePrecisions) implements Result {

        public Measured {
            averagePrecisions = List.copyOf(averagePrecisions);
            if (averagePrecisions.isEmpty()) {
                throw new IllegalArgumentException("0 folds, expected at least one");
            }
        }

        /// The only figure that a search compares: the mean over the folds.
        public double averagePrecision() {
            return averagePrecisions.stream().mapToDouble(Double::doubleValue).sum() / averagePrecisions.size();
        }
    }

    /// It could not be fitted, and is not compared.
    ///
    /// @param problem why, in words
    public record Failed(String problem) implements Result {}
}
