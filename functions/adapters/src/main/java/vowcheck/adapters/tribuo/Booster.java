package vowcheck.adapters.tribuo;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.BoostedTrees;
import vowcheck.core.model.Tree;
import vowcheck.core.model.UnusableModel;

/// XGBoost's part of a model file. Source of the fields: doc/tutorials/saving_model.rst and
/// doc/model.schema of XGBoost 3.0.
final class Booster {

    private final Place root;

    Booster(UbjValue root) {
        this.root = new Place("", root);
    }

    /// The release that wrote the booster, such as `3.0.4`.
    String version() {
        var version = root.member("version");
        return IntStream.range(0, version.size())
                .mapToObj(index -> Long.toString(version.element(index).whole()))
                .collect(Collectors.joining("."));
    }

    /// The trees; `featuresById` gives the feature of each split index.
    BoostedTrees trees(FeatureSchema schema, List<Feature> featuresById) {
        var learner = root.member("learner");
        learner.member("objective").member("name").require("binary:logistic");
        var model = learner.member("learner_model_param");
        model.member("num_feature").require(Integer.toString(featuresById.size()));
        model.member("num_class").require("0");
        model.member("num_target").require("1");
        var booster = learner.member("gradient_booster");
        booster.member("name").require("gbtree");
        var written = booster.member("model").member("trees");
        var trees = new ArrayList<Tree>();
        for (int index = 0; index < written.size(); index++) {
            trees.add(tree(written.element(index), featuresById));
        }
        return BoostedTrees.of(schema, baseMargin(baseScore(model.member("base_score"))), trees);
    }

    /// The gains of each feature's splits over all trees, in the order of `schema`; 0 for a feature without splits.
    SequencedMap<Feature, FeatureImportance> importances(FeatureSchema schema, List<Feature> featuresById) {
        var importances = new LinkedHashMap<Feature, FeatureImportance>();
        schema.features().forEach(feature -> importances.put(feature, new FeatureImportance(0, 0)));
        var trees = root.member("learner")
                .member("gradient_booster")
                .member("model")
                .member("trees");
        for (int index = 0; index < trees.size(); index++) {
            var tree = trees.element(index);
            var left = tree.member("left_children");
            var features = column(tree, "split_indices", left.size());
            var gains = column(tree, "loss_changes", left.size());
            for (int node = 0; node < left.size(); node++) {
                if (left.wholeAt(node) >= 0) {
                    double gain = gains.decimalAt(node);
                    importances.compute(
                            featuresById.get(bounded(features, node, featuresById.size())),
                            (_, sum) -> requireNonNull(sum).withSplit(gain));
                }
            }
        }
        return importances;
    }

    private static Tree tree(Place tree, List<Feature> featuresById) {
        var left = tree.member("left_children");
        int size = left.size();
        var right = column(tree, "right_children", size);
        var features = column(tree, "split_indices", size);
        var numbers = column(tree, "split_conditions", size);
        var missingGoesLeft = column(tree, "default_left", size);
        var hessianSums = column(tree, "sum_hessian", size);
        var splitTypes = column(tree, "split_type", size);
        tree.member("tree_param").member("size_leaf_vector").require("1");
        var nodes = new ArrayList<Tree.Node>(size);
        for (int node = 0; node < size; node++) {
            float number = (float) numbers.decimalAt(node);
            float hessianSum = (float) hessianSums.decimalAt(node);
            if (left.wholeAt(node) < 0) {
                nodes.add(new Tree.Leaf(number, hessianSum));
            } else {
                if (splitTypes.wholeAt(node) != 0) {
                    throw new UnusableModel("%s of the booster is a split by category, expected one by number"
                            .formatted(splitTypes.element(node).path()));
                }
                nodes.add(new Tree.Split(
                        featuresById.get(bounded(features, node, featuresById.size())),
                        number,
                        bounded(left, node, size),
                        bounded(right, node, size),
                        missingGoesLeft.wholeAt(node) != 0,
                        hessianSum));
            }
        }
        try {
            return new Tree(nodes);
        } catch (UnusableModel e) {
            throw new UnusableModel("%s of the booster: %s".formatted(tree.path(), e.getMessage()), e);
        }
    }

    private static Place column(Place tree, String name, int size) {
        var column = tree.member(name);
        if (column.size() != size) {
            throw new UnusableModel(
                    "%s of the booster has %d values, expected %d".formatted(column.path(), column.size(), size));
        }
        return column;
    }

    private static int bounded(Place column, int index, int limit) {
        long value = column.wholeAt(index);
        if (value < 0 || value >= limit) {
            throw new UnusableModel("%s of the booster is %d, expected 0 to %d"
                    .formatted(column.element(index).path(), value, limit - 1));
        }
        return (int) value;
    }

    /// The base score: a number, a text such as `5E-1` (up to 3.0) or `[5E-1]` (since 3.1), or an array of one
    /// number.
    private static double baseScore(Place written) {
        return switch (written.value()) {
            case UbjValue.Text(var text) -> {
                try {
                    yield Double.parseDouble(
                            text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text);
                } catch (NumberFormatException e) {
                    throw new UnusableModel(
                            "%s of the booster is '%s', expected one number".formatted(written.path(), text), e);
                }
            }
            case UbjValue.Elements _, UbjValue.Wholes _, UbjValue.Decimals _ -> {
                if (written.size() != 1) {
                    throw new UnusableModel(
                            "%s of the booster has %d numbers, expected one".formatted(written.path(), written.size()));
                }
                yield written.element(0).decimal();
            }
            case UbjValue.Whole _, UbjValue.Decimal _ -> written.decimal();
            case UbjValue.Members _, UbjValue.Flag _, UbjValue.Nothing _ ->
                throw new UnusableModel("%s of the booster is no number".formatted(written.path()));
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
