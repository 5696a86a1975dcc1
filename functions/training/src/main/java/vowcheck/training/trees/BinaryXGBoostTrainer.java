package vowcheck.training.trees;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.tribuo.Dataset;
import org.tribuo.classification.Label;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.common.xgboost.XGBoostTrainer;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/// Trains a Tribuo model of one `binary:logistic` booster. The same examples, parameters and time give the same
/// model, byte for byte; neither the number of threads nor the machine affects it.
public final class BinaryXGBoostTrainer extends XGBoostTrainer<Label> {

    private static final String OBJECTIVE = "binary:logistic";

    private final int threads;
    private final InstantSource clock;

    /// A trainer of `trees` trees.
    ///
    /// @param parameters XGBoost's own, including the seed, without objective and threads
    /// @param threads at least 1
    /// @param clock gives the time that Tribuo records in a model
    public BinaryXGBoostTrainer(int trees, SortedMap<String, String> parameters, int threads, InstantSource clock) {
        super(trees, withObjective(parameters));
        this.threads = threads;
        this.clock = clock;
    }

    private static Map<String, Object> withObjective(SortedMap<String, String> parameters) {
        var all = new TreeMap<String, Object>(parameters);
        all.put("objective", OBJECTIVE);
        return all;
    }

    @Override
    public XGBoostModel<Label> train(Dataset<Label> examples) {
        return train(examples, Map.of());
    }

    @Override
    public XGBoostModel<Label> train(Dataset<Label> examples, Map<String, Provenance> provenance) {
        return train(examples, provenance, INCREMENT_INVOCATION_COUNT);
    }

    @Override
    public synchronized XGBoostModel<Label> train(
            Dataset<Label> examples, Map<String, Provenance> provenance, int invocationCount) {
        if (invocationCount != INCREMENT_INVOCATION_COUNT) {
            setInvocationCount(invocationCount);
        }
        var features = examples.getFeatureIDMap();
        var trainerProvenance = getProvenance();
        trainInvocationCounter++;
        var settings = new HashMap<String, Object>(overrideParameters);
        settings.put("nthread", threads);
        try {
            var matrix = convertExamples(
                            examples.getData(),
                            features,
                            label -> label.equals(BinaryOutputConverter.POSITIVE) ? 1f : 0f)
                    .data;
            try {
                var booster = XGBoost.train(matrix, settings, numTrees, Map.of(), null, null);
                var modelProvenance = new ModelProvenance(
                        XGBoostModel.class.getName(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        examples.getProvenance(),
                        trainerProvenance,
                        provenance,
                        false);
                return createModel(
                        "divorce-model",
                        modelProvenance,
                        features,
                        examples.getOutputIDInfo(),
                        List.of(booster),
                        new BinaryOutputConverter());
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost refused to train: " + e.getMessage(), e);
        }
    }

    @Override
    public TrainerProvenance getProvenance() {
        return new TrainerProvenanceImpl(this);
    }
}
