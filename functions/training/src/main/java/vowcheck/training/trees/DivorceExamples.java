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
import vowcheck.core.features.Feature;
import vowcheck.core.training.LabelledRows;

/// Our rows as Tribuo's examples. A value that is missing (NaN) is left out, which is Tribuo's way to say so.
public final class DivorceExamples {

    private DivorceExamples() {}

    /// A data set of all rows.
    ///
    /// @param origin where the rows come from, in words; it goes into the models' provenance, as the time does
    public static Dataset<Label> dataset(LabelledRows rows, String origin, Instant time) {
        var factory = new LabelFactory();
        var examples = new ArrayList<Example<Label>>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            examples.add(example(
                    rows.values(row),
                    rows.divorced(row) ? BinaryOutputConverter.POSITIVE : BinaryOutputConverter.NEGATIVE));
        }
        return new MutableDataset<>(new ListDataSource<>(
                examples, factory, new SimpleDataSourceProvenance(origin, time.atOffset(ZoneOffset.UTC), factory)));
    }

    /// Examples to predict: each of ten values in the order of [Feature], at least one of them not NaN.
    public static List<Example<Label>> unlabelled(List<float[]> valuesByFeature) {
        return valuesByFeature.stream()
                .map(values -> example(values, LabelFactory.UNKNOWN_LABEL))
                .toList();
    }

    private static Example<Label> example(float[] values, Label label) {
        var names = new ArrayList<String>(values.length);
        var present = new ArrayList<Double>(values.length);
        for (var feature : Feature.ALL) {
            float value = values[feature.position()];
            if (!Float.isNaN(value)) {
                names.add(feature.fieldName());
                present.add((double) value);
            }
        }
        return new ArrayExample<>(
                label,
                names.toArray(String[]::new),
                present.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
