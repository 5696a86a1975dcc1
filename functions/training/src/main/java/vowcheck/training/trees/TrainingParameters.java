package vowcheck.training.trees;

import java.util.SortedMap;
import java.util.TreeMap;
import vowcheck.core.model.TrainerSettings;

/// The hyperparameters of the trees.
///
/// @param trees the number of trees, at least 1
/// @param depth of each tree, at least 1
/// @param learningRate the factor by which each tree's values are multiplied, in (0, 1]
/// @param rowFraction the share of the rows that each tree sees, in (0, 1]
/// @param featureFraction the share of the features that each tree sees, in (0, 1]
/// @param l2 the regularisation of the leaves' values, at least 0
/// @param leastHessian the least sum of second derivatives in a leaf, at least 0
public record TrainingParameters(
        int trees,
        int depth,
        double learningRate,
        double rowFraction,
        double featureFraction,
        double l2,
        double leastHessian) {

    /// XGBoost's own default of `lambda` and of `min_child_weight`. Such a parameter is not stated, so that manifests
    /// stay as they were.
    private static final double UNSTATED = 1;

    /// The parameters of the contract.
    public static final TrainingParameters CONTRACT = new TrainingParameters(100, 3, 0.01, 0.8, 0.8);

    public TrainingParameters {
        requireAtLeastOne("trees", trees);
        requireAtLeastOne("depth", depth);
        requireShare("learning rate", learningRate);
        requireShare("row fraction", rowFraction);
        requireShare("feature fraction", featureFraction);
        requireNotNegative("l2", l2);
        requireNotNegative("least hessian", leastHessian);
    }

    /// Parameters with XGBoost's own regularisation.
    public TrainingParameters(int trees, int depth, double learningRate, double rowFraction, double featureFraction) {
        this(trees, depth, learningRate, rowFraction, featureFraction, UNSTATED, UNSTATED);
    }

    /// The same with another number of trees.
    public TrainingParameters withTrees(int count) {
        return new TrainingParameters(count, depth, learningRate, rowFraction, featureFraction, l2, leastHessian);
    }

    /// The settings of one training.
    ///
    /// @param positiveWeight the weight of a positive row; the calibration undoes its effect on probabilities
    public TrainerSettings settings(double positiveWeight, long seed) {
        var parameters = new TreeMap<>(stated());
        parameters.put("scale_pos_weight", Double.toString(positiveWeight));
        return new TrainerSettings(parameters, seed);
    }

    /// The same for rows that are not known yet: under XGBoost's names, without the weight of a positive row.
    public SortedMap<String, String> stated() {
        var parameters = new TreeMap<String, String>();
        parameters.put("objective", BinaryXGBoostTrainer.OBJECTIVE);
        parameters.put(BinaryXGBoostTrainer.TREES, Integer.toString(trees));
        parameters.put("max_depth", Integer.toString(depth));
        parameters.put("eta", Double.toString(learningRate));
        parameters.put("subsample", Double.toString(rowFraction));
        parameters.put("colsample_bytree", Double.toString(featureFraction));
        parameters.put("eval_metric", "aucpr");
        parameters.put("tree_method", "hist");
        if (l2 != UNSTATED) {
            parameters.put("lambda", Double.toString(l2));
        }
        if (leastHessian != UNSTATED) {
            parameters.put("min_child_weight", Double.toString(leastHessian));
        }
        return parameters;
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s %d, expected at least 1".formatted(name, value));
        }
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("%s %s, expected 0 or more".formatted(name, value));
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("%s %s, expected more than 0 and at most 1".formatted(name, value));
        }
    }
}
