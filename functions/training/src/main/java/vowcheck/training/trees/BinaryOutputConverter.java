package vowcheck.training.trees;

import com.google.protobuf.Any;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.common.xgboost.XGBoostOutputConverter;
import org.tribuo.common.xgboost.protos.XGBoostOutputConverterProto;
import org.tribuo.protos.ProtoSerializableClass;
import org.tribuo.protos.ProtoUtil;

/// Reads the only output of a `binary:logistic` booster as the probability of [#POSITIVE]; Tribuo's own
/// converter expects one output for each label. Model files name this class, so its name and version must not
/// change as long as Tribuo should read them. Stateless and thread-safe.
@ProtoSerializableClass(version = 0)
public final class BinaryOutputConverter implements XGBoostOutputConverter<Label> {

    /// The label of a divorce.
    public static final Label POSITIVE = new Label("1");

    /// The label of all other rows.
    public static final Label NEGATIVE = new Label("0");

    /// Called by Tribuo, by reflection.
    public static BinaryOutputConverter deserializeFromProto(int version, String className, Any message) {
        if (version != 0) {
            throw new IllegalArgumentException("version %d of %s, expected 0".formatted(version, className));
        }
        return new BinaryOutputConverter();
    }

    @Override
    public XGBoostOutputConverterProto serialize() {
        return ProtoUtil.serialize(this);
    }

    @Override
    public boolean generatesProbabilities() {
        return true;
    }

    @Override
    public Class<Label> getTypeWitness() {
        return Label.class;
    }

    @Override
    public Prediction<Label> convertOutput(
            ImmutableOutputInfo<Label> labels, List<float[]> outputs, int usedFeatures, Example<Label> example) {
        double positive = outputs.getFirst()[0];
        var scores = new LinkedHashMap<String, Label>();
        for (var label : labels.getDomain()) {
            scores.put(label.getLabel(), new Label(label.getLabel(), label.equals(POSITIVE) ? positive : 1 - positive));
        }
        var likelier = positive > 0.5 ? POSITIVE : NEGATIVE;
        return new Prediction<>(scores.get(likelier.getLabel()), scores, usedFeatures, example, true);
    }

    @Override
    public List<Prediction<Label>> convertBatchOutput(
            ImmutableOutputInfo<Label> labels, List<float[][]> outputs, int[] usedFeatures, Example<Label>[] examples) {
        var predictions = new ArrayList<Prediction<Label>>(examples.length);
        for (int row = 0; row < examples.length; row++) {
            predictions.add(convertOutput(labels, List.of(outputs.getFirst()[row]), usedFeatures[row], examples[row]));
        }
        return predictions;
    }
}
