package vowcheck.core.model;

import java.util.List;
import java.util.stream.IntStream;

/// The Shapley values of one row's features: what each adds to the margin, averaged over all orders in which the
/// features can become known. While a feature is unknown, a split by it weighs both of its branches by their
/// hessian sums: the training rows that took them, each counted by its second derivative. Source of the game:
/// Lundberg, Erion, Lee, Consistent Individualized Feature Attribution for Tree Ensembles (2018), algorithm 1.
///
/// Each leaf is a game of its own among the features on the path to it. If each of them is known with probability
/// `t`, the leaf contributes `value × Π (share + t × (follows − share))`, and a feature's Shapley value is the
/// integral over `t` from 0 to 1 of the derivative of that product with respect to the feature's own `t`. Source:
/// Owen, Multilinear Extensions of Games, Management Science 18 (1972). The integrand is a polynomial, so
/// quadrature with a few points gives the exact integral, without the inverse steps of the paper's algorithm 2.
///
/// An object explains one row. Not thread-safe.
final class TreeShap {

    private final BoostedTrees trees;
    private final float[] values;
    private final double[] contributions;

    /// The features on the path to a node, each once.
    private final int[] path;

    private final boolean[] onPath;

    /// By feature on the path: the share of the training rows that follow the path at all splits by it.
    private final double[] shares;

    /// By feature on the path: 1 while the row itself follows the path at all splits by it, else 0.
    private final double[] follows;

    /// Products of what precedes each feature of the path.
    private final double[] before;

    private TreeShap(BoostedTrees trees, float[] values) {
        this.trees = trees;
        this.values = values;
        int features = trees.schema().size();
        contributions = new double[features];
        path = new int[features];
        onPath = new boolean[features];
        shares = new double[features];
        follows = new double[features];
        before = new double[features];
    }

    /// By the number of features on the path to a leaf, from 0 to `features`: the smallest rule that is exact for
    /// one degree less.
    static List<GaussLegendre> rules(int features) {
        return IntStream.rangeClosed(0, features)
                .mapToObj(length -> new GaussLegendre((length + 1) / 2))
                .toList();
    }

    /// What each feature contributes to the margin of a row, in log-odds and in the order of the trees' schema.
    static double[] contributions(BoostedTrees trees, float[] valuesByFeature) {
        var shap = new TreeShap(trees, valuesByFeature);
        for (int tree = 0; tree < trees.treeCount(); tree++) {
            shap.descend(trees.root(tree), 0);
        }
        return shap.contributions;
    }

    private void descend(int node, int length) {
        if (trees.isLeaf(node)) {
            addLeaf(trees.leafValue(node), length);
            return;
        }
        int feature = trees.feature(node);
        if (onPath[feature]) {
            branch(node, feature, length);
        } else {
            onPath[feature] = true;
            path[length] = feature;
            shares[feature] = 1;
            follows[feature] = 1;
            branch(node, feature, length + 1);
            onPath[feature] = false;
        }
    }

    private void branch(int split, int feature, int length) {
        double share = shares[feature];
        double sharePerHessian = share / trees.hessianSum(split);
        double follow = follows[feature];
        int left = trees.leftChild(split);
        int followed = left + trees.offset(split, values[feature]);
        for (int child = left; child <= left + 1; child++) {
            shares[feature] = sharePerHessian * trees.hessianSum(child);
            follows[feature] = child == followed ? follow : 0;
            descend(child, length);
        }
        shares[feature] = share;
        follows[feature] = follow;
    }

    private void addLeaf(double value, int length) {
        var rule = trees.rule(length);
        for (int index = 0; index < rule.size(); index++) {
            double t = rule.point(index);
            double product = value * rule.weight(index);
            for (int step = 0; step < length; step++) {
                before[step] = product;
                product *= factor(path[step], t);
            }
            double after = 1;
            for (int step = length - 1; step >= 0; step--) {
                int feature = path[step];
                contributions[feature] += before[step] * (follows[feature] - shares[feature]) * after;
                after *= factor(feature, t);
            }
        }
    }

    private double factor(int feature, double t) {
        return shares[feature] + t * (follows[feature] - shares[feature]);
    }
}
