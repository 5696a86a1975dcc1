package vowcheck.core.features;

import java.util.Arrays;
import java.util.List;

/// One applicant's features: float32 values within the features' bounds. A feature that was not always required
/// may be missing, the others are there. Immutable.
public final class Application {

    private final FeatureSchema schema;

    /// By position in the schema; NaN where a feature is missing.
    private final float[] values;

    private Application(FeatureSchema schema, float[] values) {
        this.schema = schema;
        this.values = values;
    }

    /// An application of values in the order of `schema`, NaN where a feature is missing; throws
    /// [InvalidApplication] naming every value that is out of bounds, and every one that is missing though the
    /// feature was always required.
    public static Application of(FeatureSchema schema, float... values) {
        if (values.length != schema.size()) {
            throw new IllegalArgumentException("%d values, expected %d".formatted(values.length, schema.size()));
        }
        var form = new ApplicationForm(schema, Feature.ALWAYS);
        for (var feature : schema.features()) {
            float value = values[schema.position(feature)];
            if (!(Float.isNaN(value) && feature.mayBeMissing())) {
                form.enter(feature, value);
            }
        }
        return form.application();
    }

    static Application checked(FeatureSchema schema, float[] values) {
        return new Application(schema, values);
    }

    /// The features that the application was read with.
    public FeatureSchema schema() {
        return schema;
    }

    /// Whether the application has a value of the feature.
    public boolean has(Feature feature) {
        return !Float.isNaN(value(feature));
    }

    /// The value of one feature; NaN where it is missing.
    public float value(Feature feature) {
        int position = schema.positionOrNone(feature);
        return position < 0 ? Float.NaN : values[position];
    }

    /// The values of another schema's features, such as a model's, in an array of the caller's own; NaN where one
    /// is missing.
    public float[] values(FeatureSchema asked) {
        if (asked.equals(schema)) {
            return values.clone();
        }
        var selected = new float[asked.size()];
        for (int position = 0; position < selected.length; position++) {
            selected[position] = value(asked.features().get(position));
        }
        return selected;
    }

    /// The features of `asked` that the application lacks, in their order.
    public List<Feature> missing(FeatureSchema asked) {
        return asked.features().stream().filter(feature -> !has(feature)).toList();
    }

    /// Two applications are equal when they have the same features with the same values.
    @Override
    public boolean equals(Object other) {
        return other instanceof Application that && schema.equals(that.schema) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /// Names the type only: an applicant's data stays out of logs.
    @Override
    public String toString() {
        return "Application[…]";
    }
}
