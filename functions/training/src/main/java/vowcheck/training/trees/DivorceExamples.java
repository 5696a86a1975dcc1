package vowcheck.training.trees;

import java.util.ArrayList;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import vowcheck.core.features.FeatureSchema;

/// Rows as Tribuo's examples, to predict. A missing value (NaN) is left out of its example, as Tribuo expects.
public final class DivorceExamples {

    private DivorceExamples() {}

    /// Unlabelled examples to predict; each has values in the order of `schema`, at least one of which is not NaN.
    public static List<Example<Label>> unlabelled(FeatureSchema schema, List<float[]> valuesByFeature) {
        return valuesByFeature.stream().map(values -> example(schema, values)).toList();
    }

    private static Example<Label> example(FeatureSchema schema, float[] values) {
        var names = new ArrayList<String>(values.length);
        var present = new ArrayList<Double>(values.length);
        for (int position = 0; position < values.length; position++) {
            float value = values[position];
            if (!Float.isNaN(value)) {
                names.add(schema.features().get(position).fieldName());
                present.add((double) value);
            }
        }
        return new ArrayExample<>(
                LabelFactory.UNKNOWN_LABEL,
                names.toArray(String[]::new),
                present.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
