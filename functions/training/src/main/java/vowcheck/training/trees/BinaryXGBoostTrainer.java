package vowcheck.training.trees;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import vowcheck.core.model.TrainerSettings;
import vowcheck.core.training.LabelledRows;

/// Trains a Tribuo model of one `binary:logistic` booster, from columns: a data set of Tribuo's holds an object for
/// each row, and takes more time and ten times the memory. The same rows, settings and time give the same model, byte
/// for byte; neither the number of threads nor the machine affects it.
public final class BinaryXGBoostTrainer extends XGBoostTrainer<Label> {

    /// The only objective that it trains for; each settings' parameter `objective`.
    public static final String OBJECTIVE = "binary:logistic";

    /// The parameter with the number of trees.
    public static final String TREES = "num_round";

    private final int threads;
    private final InstantSource clock;

    /// @param settings XGBoost's own parameters, with [#TREES] and without the number of threads
    /// @param threads at least 1
    /// @param clock gives the time that Tribuo records in a model
    public BinaryXGBoostTrainer(TrainerSettings settings, int threads, InstantSource clock) {
        super(trees(settings), withoutTrees(settings));
        this.threads = threads;
        this.clock = clock;
    }

    private static int trees(TrainerSettings settings) {
        var trees = settings.parameters().getOrDefault(TREES, "none");
        if (!trees.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("%s is %s, expected a number of at least 1".formatted(TREES, trees));
        }
        return Integer.parseInt(trees);
    }

    private static Map<String, Object> withoutTrees(TrainerSettings settings) {
        var all = new TreeMap<String, Object>(settings.parameters());
        if (!OBJECTIVE.equals(all.get("objective"))) {
            throw new IllegalArgumentException(
                    "objective is %s, expected %s".formatted(all.get("objective"), OBJECTIVE));
        }
        all.remove(TREES);
        all.put("seed", Long.toString(settings.seed()));
        all.put("verbosity", "0");
        return all;
    }

    /// Trains on all rows. A feature that no row has is no feature of the model.
    ///
    /// @param rows of both labels
    /// @param origin where the rows come from, in words
    public synchronized XGBoostModel<Label> train(LabelledRows rows, String origin) {
        var known = rows.only(rows.present());
        var time = clock.instant();
        var domains = RowDomains.of(known, origin, time);
        var trainer = getProvenance();
        trainInvocationCounter++;
        var settings = new HashMap<String, Object>(overrideParameters);
        settings.put("nthread", threads);
        try {
            var matrix = RowMatrix.of(known);
            try {
                var booster = XGBoost.train(matrix, settings, numTrees, Map.of(), null, null);
                return createModel(
                        "divorce-model",
                        new ModelProvenance(
                                XGBoostModel.class.getName(),
                                time.atOffset(ZoneOffset.UTC),
                                domains.provenance(),
                                trainer,
                                Map.of(),
                                false),
                        domains.features(),
                        domains.labels(),
                        List.of(booster),
                        new BinaryOutputConverter());
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost refused to train: " + e.getMessage(), e);
        }
    }

    /// Not offered, as the rows come in columns.
    @Override
    public XGBoostModel<Label> train(Dataset<Label> examples, Map<String, Provenance> provenance, int invocationCount) {
        throw new UnsupportedOperationException("a data set of examples, expected LabelledRows");
    }

    /// Not offered, as the rows come in columns.
    @Override
    public XGBoostModel<Label> train(Dataset<Label> examples, Map<String, Provenance> provenance) {
        return train(examples, provenance, INCREMENT_INVOCATION_COUNT);
    }

    @Override
    public TrainerProvenance getProvenance() {
        return new TrainerProvenanceImpl(this);
    }
}
