package vowcheck.core.model;

import java.util.List;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;

/// Gradient-boosted trees, evaluated exactly as XGBoost's CPU predictor does: thresholds, values and the
/// running sum are float32, trees are added in order, and a missing value (NaN) takes each split's
/// default branch. Immutable and thread-safe; [#margin] allocates nothing and takes about a microsecond for 100
/// trees of depth 3.
public final class BoostedTrees {

    private static final int LEAF = -1;

    private final FeatureSchema schema;

    private final float baseMargin;

    /// Index of each tree's root.
    private final int[] roots;

    /// Position of the feature that a node tests; [#LEAF] for a leaf.
    private final int[] features;

    /// Index of a split's left child; the right child comes next.
    private final int[] leftChildren;

    /// 0 where a split sends missing values to the left, 1 where it sends them to the right.
    private final byte[] missingOffsets;

    /// A split's threshold, or a leaf's value in log-odds.
    private final float[] numbers;

    /// By node: the weights of branches in [TreeShap].
    private final float[] hessianSums;

    /// By the number of features on a path: what [TreeShap] integrates with.
    private final List<GaussLegendre> rules;

    private BoostedTrees(FeatureSchema schema, float baseMargin, int treeCount, int nodeCount) {
        this.schema = schema;
        this.baseMargin = baseMargin;
        this.roots = new int[treeCount];
        this.features = new int[nodeCount];
        this.leftChildren = new int[nodeCount];
        this.missingOffsets = new byte[nodeCount];
        this.numbers = new float[nodeCount];
        this.hessianSums = new float[nodeCount];
        this.rules = TreeShap.rules(schema.size());
    }

    /// The sum of a base margin (finite, in log-odds) and at least one tree, whose splits test only
    /// features of `schema`; throws [UnusableModel] for anything else.
    public static BoostedTrees of(FeatureSchema schema, float baseMargin, List<Tree> trees) {
        if (!Float.isFinite(baseMargin)) {
            throw new UnusableModel("The base margin is %s, expected a finite number".formatted(baseMargin));
        }
        if (trees.isEmpty()) {
            throw new UnusableModel("The model has no tree, expected at least one");
        }
        var reached = trees.stream().map(Tree::breadthFirst).toList();
        var boosted = new BoostedTrees(
                schema,
                baseMargin,
                trees.size(),
                reached.stream().mapToInt(List::size).sum());
        int free = 0;
        for (int tree = 0; tree < trees.size(); tree++) {
            boosted.roots[tree] = free;
            boosted.place(reached.get(tree), free);
            free += reached.get(tree).size();
        }
        return boosted;
    }

    private void place(List<Tree.Node> breadthFirst, int root) {
        int freeChild = root + 1;
        for (int index = root; index < root + breadthFirst.size(); index++) {
            var node = breadthFirst.get(index - root);
            hessianSums[index] = node.hessianSum();
            switch (node) {
                case Tree.Leaf leaf -> {
                    features[index] = LEAF;
                    numbers[index] = leaf.value();
                }
                case Tree.Split split -> {
                    features[index] = position(split.feature());
                    numbers[index] = split.threshold();
                    leftChildren[index] = freeChild;
                    missingOffsets[index] = (byte) (split.missingGoesLeft() ? 0 : 1);
                    freeChild += 2;
                }
            }
        }
    }

    private int position(Feature feature) {
        if (!schema.contains(feature)) {
            throw new UnusableModel("A split tests %s, expected one of %s".formatted(feature, schema));
        }
        return schema.position(feature);
    }

    /// The features that the trees may test, in the order of a row's values.
    public FeatureSchema schema() {
        return schema;
    }

    /// The raw log-odds of a row: its values in the order of [#schema], NaN where one is missing.
    public float margin(float[] valuesByFeature) {
        boolean complete = isComplete(valuesByFeature);
        float sum = baseMargin;
        for (int root : roots) {
            sum += numbers[complete ? leafOfComplete(root, valuesByFeature) : leaf(root, valuesByFeature)];
        }
        return sum;
    }

    private static boolean isComplete(float[] values) {
        for (float value : values) {
            if (Float.isNaN(value)) {
                return false;
            }
        }
        return true;
    }

    private int leaf(int root, float[] values) {
        int node = root;
        while (features[node] != LEAF) {
            node = leftChildren[node] + offset(node, values[features[node]]);
        }
        return node;
    }

    /// The same where no value is missing. The comparison compiles to branch-free code: rows that differ cost no
    /// mispredicted branches, which makes the walk twice as fast.
    private int leafOfComplete(int root, float[] values) {
        int node = root;
        int feature = features[node];
        while (feature != LEAF) {
            node = leftChildren[node] + (values[feature] < numbers[node] ? 0 : 1);
            feature = features[node];
        }
        return node;
    }

    /// What each feature of a row contributes to its margin; the row is as for [#margin].
    public Explanation explain(float[] valuesByFeature) {
        return Explanation.of(schema, margin(valuesByFeature), TreeShap.contributions(this, valuesByFeature));
    }

    int root(int tree) {
        return roots[tree];
    }

    boolean isLeaf(int node) {
        return features[node] == LEAF;
    }

    /// The position of the feature that a split tests.
    int feature(int split) {
        return features[split];
    }

    /// The right child is the next node.
    int leftChild(int split) {
        return leftChildren[split];
    }

    /// 0 where a split sends a value to its left child, 1 where it sends it to the right.
    int offset(int split, float value) {
        return value < numbers[split] ? 0 : Float.isNaN(value) ? missingOffsets[split] : 1;
    }

    /// A leaf's value.
    float leafValue(int leaf) {
        return numbers[leaf];
    }

    /// The quadrature rule for a path of that many features.
    GaussLegendre rule(int features) {
        return rules.get(features);
    }

    float hessianSum(int node) {
        return hessianSums[node];
    }

    /// How many trees are summed.
    public int treeCount() {
        return roots.length;
    }

    /// What a score and an explanation cost, as these trees are.
    public ModelCost cost() {
        long steps = 0;
        long explanation = 0;
        for (int root : roots) {
            long depth = depth(root);
            steps += depth;
            explanation += leaves(root) * depth * depth;
        }
        return new ModelCost(steps, explanation);
    }

    private int depth(int node) {
        return isLeaf(node) ? 0 : 1 + Math.max(depth(leftChildren[node]), depth(leftChildren[node] + 1));
    }

    private int leaves(int node) {
        return isLeaf(node) ? 1 : leaves(leftChildren[node]) + leaves(leftChildren[node] + 1);
    }

    /// The value that the trees are added to, in log-odds.
    public float baseMargin() {
        return baseMargin;
    }

    /// The sum of the training rows' second derivatives at a tree's root: a measure of the training data behind
    /// the tree.
    public float rootHessianSum(int tree) {
        return hessianSums[roots[tree]];
    }
}
