package vowcheck.core.drift;

import java.util.List;
import vowcheck.core.features.Feature;

/// The result of a drift check.
public sealed interface DriftVerdict {

    /// The verdict's name in SQL and JSON, such as `too_few_rows`.
    String fieldValue();

    /// There is no verdict: fewer rows were logged than the policy requires.
    record TooFewRows() implements DriftVerdict {
        @Override
        public String fieldValue() {
            return "too_few_rows";
        }
    }

    /// No feature's index is above the threshold.
    record Stable() implements DriftVerdict {
        @Override
        public String fieldValue() {
            return "stable";
        }
    }

    /// These features' indices are above the threshold, at least one, in the order of the model.
    record Drifted(List<Feature> features) implements DriftVerdict {
        public Drifted {
            features = List.copyOf(features);
            if (features.isEmpty()) {
                throw new IllegalArgumentException("no feature drifted, expected at least one");
            }
        }

        @Override
        public String fieldValue() {
            return "drifted";
        }
    }
}
