package vowcheck.adapters.postgres;

import static java.util.stream.Collectors.joining;

import java.util.function.Function;
import vowcheck.core.features.Feature;

/// The ten features as columns: their names are in mixed case, which SQL keeps only between quotes.
public final class FeatureColumns {

    /// All ten, quoted, in the contract's order.
    public static final String LIST = each(FeatureColumns::quoted);

    private FeatureColumns() {}

    /// One column's name as SQL takes it, such as `"Age_Days"`.
    public static String quoted(Feature feature) {
        return '"' + feature.fieldName() + '"';
    }

    /// A list with one element for each feature, in the contract's order.
    public static String each(Function<Feature, String> sql) {
        return Feature.ALL.stream().map(sql).collect(joining(", "));
    }
}
