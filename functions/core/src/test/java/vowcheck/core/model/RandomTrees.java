package vowcheck.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import vowcheck.core.features.FeatureSchema;

/// Random trees and rows. Thresholds and values are small whole numbers, so that many values equal a threshold.
final class RandomTrees {

    private static final int LEVELS = 10;

    private RandomTrees() {}

    /// A tree of at most that depth; some of its branches are shorter.
    static Tree tree(RandomGenerator random, int depth) {
        var nodes = new ArrayList<Tree.Node>();
        grow(nodes, random, depth);
        return new Tree(nodes);
    }

    private static int grow(List<Tree.Node> nodes, RandomGenerator random, int depth) {
        int index = nodes.size();
        nodes.add(new Tree.Leaf(random.nextFloat(-1, 1), random.nextFloat(1, 100)));
        if (depth > 0 && random.nextInt(8) > 0) {
            int right = grow(nodes, random, depth - 1);
            int left = grow(nodes, random, depth - 1);
            var feature = FeatureSchema.CURRENT.features().get(random.nextInt(FeatureSchema.CURRENT.size()));
            float hessianSum = nodes.get(left).hessianSum() + nodes.get(right).hessianSum();
            nodes.set(
                    index,
                    new Tree.Split(feature, random.nextInt(LEVELS), left, right, random.nextBoolean(), hessianSum));
        }
        return index;
    }

    /// A row of ten values, an eighth of them missing.
    static float[] values(RandomGenerator random) {
        var values = new float[FeatureSchema.CURRENT.size()];
        for (int feature = 0; feature < values.length; feature++) {
            values[feature] = random.nextInt(8) == 0 ? Float.NaN : random.nextInt(LEVELS);
        }
        return values;
    }
}
