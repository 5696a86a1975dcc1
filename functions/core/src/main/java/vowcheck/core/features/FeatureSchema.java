package vowcheck.core.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An ordered list of features: those that a build knows, or those that a model was trained on. The order is that
/// of every array of a row's values. Immutable.
public final class FeatureSchema {

    /// The contract's ten features, in its order.
    public static final FeatureSchema CONTRACT = of(List.of(
            Feature.CLIENT_INCOME,
            Feature.CREDIT_AMOUNT,
            Feature.LOAN_ANNUITY,
            Feature.AGE_DAYS,
            Feature.EMPLOYED_DAYS,
            Feature.REGISTRATION_DAYS,
            Feature.ID_DAYS,
            Feature.PHONE_CHANGE,
            Feature.CREDIT_BUREAU,
            Feature.EDUCATION_DAYS));

    /// The features that this build reads, logs and trains with. A new feature is added here, after those of the
    /// contract.
    public static final FeatureSchema CURRENT = CONTRACT;

    private final List<Feature> features;
    private final Map<String, Integer> positions = new HashMap<>();

    private FeatureSchema(List<Feature> features) {
        this.features = List.copyOf(features);
        for (var feature : this.features) {
            if (positions.put(feature.fieldName(), positions.size()) != null) {
                throw new IllegalArgumentException("%s twice, expected every feature once".formatted(feature));
            }
        }
        if (positions.isEmpty()) {
            throw new IllegalArgumentException("no feature, expected at least one");
        }
    }

    /// The schema of these features in this order; throws [IllegalArgumentException] when there is none or one of
    /// them stands twice.
    public static FeatureSchema of(List<Feature> features) {
        return new FeatureSchema(features);
    }

    /// This schema and one more feature at its end.
    public FeatureSchema with(Feature feature) {
        var more = new ArrayList<>(features);
        more.add(feature);
        return of(more);
    }

    /// The features, in order.
    public List<Feature> features() {
        return features;
    }

    /// How many features there are, at least 1.
    public int size() {
        return features.size();
    }

    /// The feature's place in a row, from 0; throws [IllegalArgumentException] for a feature that is not in the
    /// schema.
    public int position(Feature feature) {
        int position = positionOrNone(feature);
        if (position < 0) {
            throw new IllegalArgumentException("%s, expected one of %s".formatted(feature, features));
        }
        return position;
    }

    /// The place of the feature with that field name, from 0; -1 for any other name.
    public int position(String fieldName) {
        @Nullable Integer position = positions.get(fieldName);
        return position == null ? -1 : position;
    }

    /// Whether the feature is in the schema.
    public boolean contains(Feature feature) {
        return positionOrNone(feature) >= 0;
    }

    /// The feature of that field name; empty for any other name.
    public Optional<Feature> named(String fieldName) {
        int position = position(fieldName);
        return position < 0 ? Optional.empty() : Optional.of(features.get(position));
    }

    /// The schema of some of these features, by their field names and in that order; this very schema where the
    /// names are its own. Throws [IllegalArgumentException] for a name that is not in the schema or stands
    /// twice.
    public FeatureSchema select(List<String> fieldNames) {
        var selected = of(fieldNames.stream()
                .map(name -> named(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the feature '%s', expected one of %s".formatted(name, features))))
                .toList());
        return selected.equals(this) ? this : selected;
    }

    /// The field names, in order.
    public List<String> fieldNames() {
        return features.stream().map(Feature::fieldName).toList();
    }

    /// The feature's place, or -1 for a feature that is not in the schema.
    int positionOrNone(Feature feature) {
        return position(feature.fieldName());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof FeatureSchema that && features.equals(that.features));
    }

    @Override
    public int hashCode() {
        return features.hashCode();
    }

    /// The field names, in order.
    @Override
    public String toString() {
        return features.toString();
    }
}
