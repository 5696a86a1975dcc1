package vowcheck.training.trees;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.training.LabelledRows;

/// Labelled rows as Tribuo's examples. A missing value (NaN) is left out of its example, as Tribuo expects.
public final class DivorceExamples {

    private DivorceExamples() {}

    /// A data set of all rows.
    ///
    /// @param origin where the rows come from, in words; the origin and the time become part of the models'
    ///     provenance
    public static Dataset<Label> dataset(LabelledRows rows, String origin, Instant time) {
        var factory = new LabelFactory();
        var examples = new ArrayList<Example<Label>>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            examples.add(example(
                    rows.schema(),
                    rows.values(row),
                    rows.divorced(row) ? BinaryOutputConverter.POSITIVE : BinaryOutputConverter.NEGATIVE));
        }
        return new MutableDataset<>(new ListDataSource<>(
                examples, factory, new SimpleDataSourceProvenance(origin, time.atOffset(ZoneOffset.UTC), factory)));
    }

    /// Unlabelled examples to predict; each has values in the order of `schema`, at least one of which is not NaN.
    public static List<Example<Label>> unlabelled(FeatureSchema schema, List<float[]> valuesByFeature) {
        return valuesByFeature.stream()
                .map(values -> example(schema, values, LabelFactory.UNKNOWN_LABEL))
                .toList();
    }

    private static Example<Label> example(FeatureSchema schema, float[] values, Label label) {
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
                label,
                names.toArray(String[]::new),
                present.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
