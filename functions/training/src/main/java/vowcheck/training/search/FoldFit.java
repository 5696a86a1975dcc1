package vowcheck.training.search;

import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.RankingMetrics;
import vowcheck.training.trees.BinaryXGBoostTrainer;
import vowcheck.training.trees.RowMatrix;
import vowcheck.training.trees.TrainingParameters;

/// A recipe, fitted on one fold.
///
/// @param trees with how many it was measured
/// @param averagePrecision on the rows that the fold validates on
record FoldFit(int trees, double averagePrecision) {

    /// The ranking of the stopping rows is looked at whenever so many trees have been added.
    private static final int STEP = 5;

    /// After so many trees that have not improved it, no more are added: as many as show that it is not noise.
    private static final int PATIENCE = 50;

    /// A fit with as many trees as the recipe says. Throws [TrialFailed].
    static FoldFit of(TimeFold fold, TrainingParameters recipe, long seed, int threads) {
        return fit(fold, recipe, seed, threads, false);
    }

    /// A fit with as many trees as rank the stopping rows best, a multiple of five, or as many as the recipe says,
    /// which
    /// are the most. Throws [TrialFailed].
    static FoldFit stoppedEarly(TimeFold fold, TrainingParameters recipe, long seed, int threads) {
        return fit(fold, recipe, seed, threads, true);
    }

    private static FoldFit fit(TimeFold fold, TrainingParameters recipe, long seed, int threads, boolean stopsEarly) {
        try {
            var matrix = RowMatrix.of(fold.fitted());
            try {
                var settings = settings(fold.fitted(), recipe, seed, threads);
                // Without any round: trees are added below, so that their number is not decided yet.
                var booster = XGBoost.train(matrix, settings, stopsEarly ? 0 : recipe.trees(), Map.of(), null, null);
                try {
                    int trees = stopsEarly ? grow(booster, matrix, fold.stopping(), recipe.trees()) : recipe.trees();
                    return new FoldFit(trees, averagePrecision(booster, trees, fold.validated()));
                } finally {
                    booster.dispose();
                }
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new TrialFailed("XGBoost refused the recipe: " + e.getMessage(), e);
        }
    }

    /// XGBoost's own early stopping needs a JSON library at run time, and stops by its own measure.
    private static int grow(Booster booster, DMatrix matrix, LabelledRows stopping, int most) throws XGBoostError {
        var stoppingMatrix = RowMatrix.of(stopping);
        try {
            var labels = stopping.labels();
            int best = 0;
            double ranking = 0;
            for (int trees = 1; trees <= most && trees - 1 - best < PATIENCE; trees++) {
                booster.update(matrix, trees - 1);
                if (trees % STEP == 0 || trees == most) {
                    // XGBoost remembers the sum of the trees before.
                    double reached = averagePrecision(booster.predict(stoppingMatrix, true), labels);
                    if (reached > ranking) {
                        best = trees;
                        ranking = reached;
                    }
                }
            }
            return best;
        } finally {
            stoppingMatrix.dispose();
        }
    }

    private static Map<String, Object> settings(LabelledRows rows, TrainingParameters recipe, long seed, int threads) {
        double positives = rows.positives();
        var settings = new HashMap<String, Object>(
                recipe.settings((rows.size() - positives) / positives, seed).parameters());
        settings.remove(BinaryXGBoostTrainer.TREES);
        settings.put("seed", Long.toString(seed));
        settings.put("verbosity", "0");
        settings.put("nthread", threads);
        return settings;
    }

    private static double averagePrecision(Booster booster, int trees, LabelledRows validated) throws XGBoostError {
        var matrix = RowMatrix.of(validated);
        try {
            return averagePrecision(booster.predict(matrix, true, trees), validated.labels());
        } finally {
            matrix.dispose();
        }
    }

    private static double averagePrecision(float[][] margins, boolean[] labels) {
        var scores = new double[margins.length];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = margins[row][0];
            if (!Double.isFinite(scores[row])) {
                throw new TrialFailed("a score is %s, expected a finite number".formatted(scores[row]));
            }
        }
        return RankingMetrics.averagePrecision(scores, labels);
    }
}
