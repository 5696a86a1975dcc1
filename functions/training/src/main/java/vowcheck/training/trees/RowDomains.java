package vowcheck.training.trees;

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.MutableDataset;
import org.tribuo.MutableFeatureMap;
import org.tribuo.RealInfo;
import org.tribuo.Tribuo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import vowcheck.core.training.LabelledRows;

/// What Tribuo records in a model about the rows that it was trained on: the same as if a [MutableDataset] had been
/// filled with an example for each row.
///
/// @param features counts, ranges and means
/// @param labels how often each occurs
/// @param provenance where the rows come from, and how many there are
record RowDomains(ImmutableFeatureMap features, ImmutableOutputInfo<Label> labels, DatasetProvenance provenance) {

    /// @param rows each feature of theirs has a value in at least one of them
    /// @param origin where they come from, in words
    static RowDomains of(LabelledRows rows, String origin, Instant time) {
        var features = new MutableFeatureMap();
        boolean dense = true;
        for (var feature : RowMatrix.byNumber(rows.schema())) {
            dense &= observed(features, feature.fieldName(), rows.column(feature));
        }
        var labels = new LabelFactory().generateInfo();
        for (int row = 0; row < rows.size(); row++) {
            labels.observe(rows.divorced(row) ? BinaryOutputConverter.POSITIVE : BinaryOutputConverter.NEGATIVE);
        }
        var immutable = labels.generateImmutableOutputInfo();
        return new RowDomains(
                new ImmutableFeatureMap(features),
                immutable,
                provenance(
                        new SimpleDataSourceProvenance(origin, time.atOffset(ZoneOffset.UTC), new LabelFactory()),
                        dense,
                        rows.size(),
                        features.size(),
                        immutable.size()));
    }

    /// Whether no value is missing. As soon as Tribuo sees that a feature has many different values, the others are
    /// observed without the search for the feature by its name.
    private static boolean observed(MutableFeatureMap features, String name, float[] values) {
        boolean dense = true;
        @Nullable RunningInfo running = null;
        for (float value : values) {
            if (Float.isNaN(value)) {
                dense = false;
            } else if (running != null) {
                running.add(value);
            } else {
                features.add(name, value);
                running = features.get(name) instanceof RealInfo info ? new RunningInfo(info) : null;
            }
        }
        if (running != null) {
            features.put(new RealInfo(running));
        }
        return dense;
    }

    /// What Tribuo has recorded of a feature so far.
    private static final class RunningInfo extends RealInfo {

        private RunningInfo(RealInfo soFar) {
            super(soFar);
        }

        private void add(double value) {
            observe(value);
        }
    }

    /// Tribuo makes this record only from a data set or from what it stored.
    private static DatasetProvenance provenance(
            SimpleDataSourceProvenance source, boolean dense, int examples, int features, int labels) {
        Map<String, Provenance> stored = new LinkedHashMap<>();
        stored.put(
                ObjectProvenance.CLASS_NAME,
                new StringProvenance(ObjectProvenance.CLASS_NAME, MutableDataset.class.getName()));
        stored.put("datasource", source);
        stored.put("transformations", new ListProvenance<ObjectProvenance>(List.of()));
        stored.put("is-sequence", new BooleanProvenance("is-sequence", false));
        stored.put("is-dense", new BooleanProvenance("is-dense", dense));
        stored.put("num-examples", new IntProvenance("num-examples", examples));
        stored.put("num-features", new IntProvenance("num-features", features));
        stored.put("num-outputs", new IntProvenance("num-outputs", labels));
        stored.put("tribuo-version", new StringProvenance("tribuo-version", Tribuo.VERSION));
        return new DatasetProvenance(stored);
    }
}
