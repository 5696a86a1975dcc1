package vowcheck.training;

import java.util.TreeMap;
import vowcheck.core.model.TrainerSettings;
import vowcheck.training.trees.BinaryXGBoostTrainer;

/// The hyperparameters of the trees.
///
/// @param trees the number of trees, at least 1
/// @param depth of each tree, at least 1
/// @param learningRate the factor by which each tree's values are multiplied, in (0, 1]
/// @param rowFraction the share of the rows that each tree sees, in (0, 1]
/// @param featureFraction the share of the features that each tree sees, in (0, 1]
public record TrainingParameters(
        int trees, int depth, double learningRate, double rowFraction, double featureFraction) {

    /// The parameters of the contract.
    public static final TrainingParameters CONTRACT = new TrainingParameters(100, 3, 0.01, 0.8, 0.8);

    public TrainingParameters {
        requireAtLeastOne("trees", trees);
        requireAtLeastOne("depth", depth);
        requireShare("learning rate", learningRate);
        requireShare("row fraction", rowFraction);
        requireShare("feature fraction", featureFraction);
    }

    /// The settings of one training.
    ///
    /// @param positiveWeight the weight of a positive row; the calibration undoes its effect on probabilities
    TrainerSettings settings(double positiveWeight, long seed) {
        var parameters = new TreeMap<String, String>();
        parameters.put("objective", BinaryXGBoostTrainer.OBJECTIVE);
        parameters.put(BinaryXGBoostTrainer.TREES, Integer.toString(trees));
        parameters.put("max_depth", Integer.toString(depth));
        parameters.put("eta", Double.toString(learningRate));
        parameters.put("subsample", Double.toString(rowFraction));
        parameters.put("colsample_bytree", Double.toString(featureFraction));
        parameters.put("scale_pos_weight", Double.toString(positiveWeight));
        parameters.put("eval_metric", "aucpr");
        parameters.put("tree_method", "hist");
        return new TrainerSettings(parameters, seed);
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s %d, expected at least 1".formatted(name, value));
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("%s %s, expected more than 0 and at most 1".formatted(name, value));
        }
    }
}
