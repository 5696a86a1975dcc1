package vowcheck.adapters.tribuo;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.BoostedTrees;
import vowcheck.core.model.Tree;
import vowcheck.core.model.UnusableModel;

/// XGBoost's part of a model file. Source of the fields: doc/tutorials/saving_model.rst and
/// doc/model.schema of XGBoost 3.0.
final class Booster {

    private final JsonDocument root;

    /// @param root as [UniversalBinaryJson] reads it
    Booster(@Nullable Object root) {
        this.root = JsonDocument.of(root, new ModelFaults("booster"));
    }

    /// The release that wrote the booster, such as `3.0.4`.
    String version() {
        return Arrays.stream(root.longs("version")).mapToObj(Long::toString).collect(Collectors.joining("."));
    }

    /// The trees; `featuresById` gives the feature of each split index.
    BoostedTrees trees(FeatureSchema schema, List<Feature> featuresById) {
        var learner = root.document("learner");
        learner.document("objective").require("name", "binary:logistic");
        var model = learner.document("learner_model_param");
        model.require("num_feature", Integer.toString(featuresById.size()));
        model.require("num_class", "0");
        model.require("num_target", "1");
        var booster = learner.document("gradient_booster");
        booster.require("name", "gbtree");
        var trees = new ArrayList<Tree>();
        for (var tree : booster.document("model").documents("trees")) {
            trees.add(tree(tree, featuresById));
        }
        return BoostedTrees.of(schema, baseMargin(baseScore(model)), trees);
    }

    /// The gains of each feature's splits over all trees, in the order of `schema`; 0 for a feature without splits.
    SequencedMap<Feature, FeatureImportance> importances(FeatureSchema schema, List<Feature> featuresById) {
        var importances = new LinkedHashMap<Feature, FeatureImportance>();
        schema.features().forEach(feature -> importances.put(feature, new FeatureImportance(0, 0)));
        var trees = root.document("learner")
                .document("gradient_booster")
                .document("model")
                .documents("trees");
        for (var tree : trees) {
            var left = tree.longs("left_children");
            var features = longs(tree, "split_indices", left.length);
            var gains = doubles(tree, "loss_changes", left.length);
            for (int node = 0; node < left.length; node++) {
                if (left[node] >= 0) {
                    double gain = gains[node];
                    var feature =
                            featuresById.get(bounded(tree, "split_indices", node, features[node], featuresById.size()));
                    importances.compute(feature, (_, sum) -> requireNonNull(sum).withSplit(gain));
                }
            }
        }
        return importances;
    }

    private static Tree tree(JsonDocument tree, List<Feature> featuresById) {
        var left = tree.longs("left_children");
        int size = left.length;
        var right = longs(tree, "right_children", size);
        var features = longs(tree, "split_indices", size);
        var numbers = doubles(tree, "split_conditions", size);
        var missingGoesLeft = longs(tree, "default_left", size);
        var hessianSums = doubles(tree, "sum_hessian", size);
        var splitTypes = longs(tree, "split_type", size);
        tree.document("tree_param").require("size_leaf_vector", "1");
        var nodes = new ArrayList<Tree.Node>(size);
        for (int node = 0; node < size; node++) {
            float number = (float) numbers[node];
            float hessianSum = (float) hessianSums[node];
            if (left[node] < 0) {
                nodes.add(new Tree.Leaf(number, hessianSum));
            } else {
                if (splitTypes[node] != 0) {
                    throw tree.wrong("split_type[%d]".formatted(node), splitTypes[node], "0, a split by number");
                }
                nodes.add(new Tree.Split(
                        featuresById.get(bounded(tree, "split_indices", node, features[node], featuresById.size())),
                        number,
                        bounded(tree, "left_children", node, left[node], size),
                        bounded(tree, "right_children", node, right[node], size),
                        missingGoesLeft[node] != 0,
                        hessianSum));
            }
        }
        try {
            return new Tree(nodes);
        } catch (UnusableModel e) {
            throw tree.invalid(e);
        }
    }

    private static long[] longs(JsonDocument tree, String column, int size) {
        var values = tree.longs(column);
        requireSize(tree, column, values.length, size);
        return values;
    }

    private static double[] doubles(JsonDocument tree, String column, int size) {
        var values = tree.doubles(column);
        requireSize(tree, column, values.length, size);
        return values;
    }

    private static void requireSize(JsonDocument tree, String column, int size, int expected) {
        if (size != expected) {
            throw tree.wrong(column, tree.any(column), "an array of %d values".formatted(expected));
        }
    }

    private static int bounded(JsonDocument tree, String column, int node, long value, int limit) {
        if (value < 0 || value >= limit) {
            throw tree.wrong("%s[%d]".formatted(column, node), value, "0 to %d".formatted(limit - 1));
        }
        return (int) value;
    }

    /// A number, or text as in `5E-1` (until 3.0) or `[5E-1]` (from 3.1 on), or an array of one number.
    private static double baseScore(JsonDocument model) {
        var written = model.any("base_score");
        return switch (written) {
            case Number number -> number.doubleValue();
            case List<?> list when list.size() == 1 && list.getFirst() instanceof Number number -> number.doubleValue();
            case String text -> {
                try {
                    yield Double.parseDouble(
                            text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text);
                } catch (NumberFormatException e) {
                    throw model.wrong("base_score", text, "one number");
                }
            }
            default -> throw model.wrong("base_score", written, "one number");
        };
    }

    /// The log-odds of the base score, in float32 as `LogisticRegression::ProbToMargin` of XGBoost computes
    /// it.
    private static float baseMargin(double baseScore) {
        float probability = (float) baseScore;
        if (!(probability > 0 && probability < 1)) {
            throw new UnusableModel(
                    "The base score of the booster is %s, expected a number between 0 and 1".formatted(baseScore));
        }
        return (float) -Math.log(1f / probability - 1f);
    }
}
