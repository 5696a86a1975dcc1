package vowcheck.core.training;

import vowcheck.core.model.BoostedTrees;
import vowcheck.core.model.Calibration;
import vowcheck.core.model.LogOdds;
import vowcheck.core.model.ScoringModel;

/// Trees with their calibration, to score labelled rows.
public record FittedRecipe(BoostedTrees trees, Calibration calibration) {

    /// Those of a model.
    public static FittedRecipe of(ScoringModel model) {
        return new FittedRecipe(model.trees(), model.manifest().calibration());
    }

    /// The calibrated probabilities of rows that have at least the trees' features.
    public double[] probabilities(LabelledRows rows) {
        var probabilities = margins(trees, rows);
        for (int row = 0; row < probabilities.length; row++) {
            probabilities[row] = LogOdds.probability(calibration.apply(probabilities[row]));
        }
        return probabilities;
    }

    /// The uncalibrated log-odds of the same.
    public static double[] margins(BoostedTrees trees, LabelledRows rows) {
        var asked = rows.only(trees.schema());
        var margins = new double[asked.size()];
        for (int row = 0; row < margins.length; row++) {
            margins[row] = trees.margin(asked.values(row));
        }
        return margins;
    }
}
