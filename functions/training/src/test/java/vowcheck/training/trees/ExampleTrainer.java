package vowcheck.training.trees;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.common.xgboost.XGBoostTrainer;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;
import vowcheck.core.model.TrainerSettings;
import vowcheck.core.training.LabelledRows;

/// Trains in Tribuo's own way, with an object for each row: what training from columns must be equal to.
final class ExampleTrainer extends XGBoostTrainer<Label> {

    private final Instant time;

    ExampleTrainer(TrainerSettings settings, Instant time) {
        super(Integer.parseInt(settings.parameters().getOrDefault(BinaryXGBoostTrainer.TREES, "")), withSeed(settings));
        this.time = time;
    }

    private static Map<String, Object> withSeed(TrainerSettings settings) {
        var all = new HashMap<String, Object>(settings.parameters());
        all.remove(BinaryXGBoostTrainer.TREES);
        all.put("seed", Long.toString(settings.seed()));
        return all;
    }

    XGBoostModel<Label> train(LabelledRows rows, String origin) {
        var factory = new LabelFactory();
        var examples = new ArrayList<Example<Label>>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            examples.add(example(rows, row));
        }
        return train(
                new MutableDataset<>(new ListDataSource<>(
                        examples,
                        factory,
                        new SimpleDataSourceProvenance(origin, time.atOffset(ZoneOffset.UTC), factory))),
                Map.of(),
                INCREMENT_INVOCATION_COUNT);
    }

    private static Example<Label> example(LabelledRows rows, int row) {
        var present = rows.schema().features().stream()
                .filter(feature -> !Float.isNaN(rows.value(row, feature)))
                .toList();
        return new ArrayExample<>(
                rows.divorced(row) ? BinaryOutputConverter.POSITIVE : BinaryOutputConverter.NEGATIVE,
                present.stream().map(feature -> feature.fieldName()).toArray(String[]::new),
                present.stream()
                        .mapToDouble(feature -> rows.value(row, feature))
                        .toArray());
    }

    @Override
    public XGBoostModel<Label> train(Dataset<Label> examples, Map<String, Provenance> provenance, int invocationCount) {
        try {
            var matrix = convertExamples(
                            examples.getData(),
                            examples.getFeatureIDMap(),
                            label -> label.equals(BinaryOutputConverter.POSITIVE) ? 1f : 0f)
                    .data;
            var booster = XGBoost.train(matrix, new HashMap<>(overrideParameters), numTrees, Map.of(), null, null);
            return createModel(
                    "divorce-model",
                    new ModelProvenance(
                            XGBoostModel.class.getName(),
                            time.atOffset(ZoneOffset.UTC),
                            examples.getProvenance(),
                            getProvenance(),
                            provenance,
                            false),
                    examples.getFeatureIDMap(),
                    examples.getOutputIDInfo(),
                    List.of(booster),
                    new BinaryOutputConverter());
        } catch (XGBoostError e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public XGBoostModel<Label> train(Dataset<Label> examples, Map<String, Provenance> provenance) {
        return train(examples, provenance, INCREMENT_INVOCATION_COUNT);
    }

    @Override
    public TrainerProvenance getProvenance() {
        return new TrainerProvenanceImpl(this);
    }
}
