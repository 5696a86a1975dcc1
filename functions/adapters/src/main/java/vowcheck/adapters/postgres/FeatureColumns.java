package vowcheck.adapters.postgres;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.function.Function;
import vowcheck.core.features.Feature;

/// Features as columns: their names are in mixed case, which SQL keeps only between quotes.
public final class FeatureColumns {

    private FeatureColumns() {}

    /// One column's name as SQL takes it, such as `"Age_Days"`.
    public static String quoted(Feature feature) {
        return '"' + feature.fieldName() + '"';
    }

    /// The features' columns, quoted, in order.
    public static String list(Collection<Feature> features) {
        return each(features, FeatureColumns::quoted);
    }

    /// A list with one element for each feature, in order.
    static String each(Collection<Feature> features, Function<Feature, String> sql) {
        return features.stream().map(sql).collect(joining(", "));
    }
}
