package vowcheck.training.evaluation;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGeneratorFactory;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.tribuo.FeatureImportance;
import vowcheck.adapters.tribuo.TribuoModelFile;
import vowcheck.core.features.Feature;
import vowcheck.core.training.LabelledRows;

/// How much each feature matters to a model, in two ways.
///
/// @param importance by the splits of the trees
/// @param meanAbsoluteShap by the scores: the mean size of what the feature adds to the calibrated log-odds
record FeatureInfluence(Feature feature, FeatureImportance importance, double meanAbsoluteShap) {

    /// Enough for two digits, and some tenths of a second.
    private static final int SAMPLED_ROWS = 500;

    /// Of all features of a bundle, in the order of its schema.
    ///
    /// @param test rows to sample from, at least one
    /// @param seed of the sample
    static List<FeatureInfluence> of(ModelBundle bundle, LabelledRows test, long seed) {
        var schema = bundle.manifest().schema();
        var shap = meanAbsoluteShap(bundle, test.only(schema), seed);
        return TribuoModelFile.importances(bundle.modelBytes(), schema).entrySet().stream()
                .map(entry -> new FeatureInfluence(
                        entry.getKey(), entry.getValue(), requireNonNull(shap.get(entry.getKey()))))
                .toList();
    }

    private static SequencedMap<Feature, Double> meanAbsoluteShap(ModelBundle bundle, LabelledRows rows, long seed) {
        var sampled = RandomGeneratorFactory.of("L64X128MixRandom")
                .create(seed)
                .ints(SAMPLED_ROWS, 0, rows.size())
                .toArray();
        double slope = bundle.manifest().calibration().slope();
        var means = new LinkedHashMap<Feature, Double>();
        for (int row : sampled) {
            bundle.scoringModel()
                    .trees()
                    .explain(rows.values(row))
                    .contributions()
                    .forEach(contribution -> means.merge(
                            contribution.feature(),
                            slope * Math.abs(contribution.logOdds()) / sampled.length,
                            Double::sum));
        }
        return means;
    }

    static JsonObject json(List<FeatureInfluence> influences) {
        var json = new JsonObject();
        influences.forEach(influence -> json.with(
                influence.feature().fieldName(),
                new JsonObject()
                        .with("gain", influence.importance().gain())
                        .with("total_gain", influence.importance().totalGain())
                        .with("splits", influence.importance().splits())
                        .with("mean_absolute_shap", influence.meanAbsoluteShap())));
        return json;
    }
}
