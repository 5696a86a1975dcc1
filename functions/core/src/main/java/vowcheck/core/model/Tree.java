package vowcheck.core.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import vowcheck.core.features.Feature;

/// One regression tree, with its nodes in the order of the model file; node 0 is the root. Every node is reached
/// from the root at most once. Unreachable nodes are permitted: XGBoost leaves them behind when it prunes.
///
/// @param nodes at least one
public record Tree(List<Node> nodes) {

    /// A node: a split or a leaf. `hessianSum` is the sum of the second derivatives of the loss over the
    /// training rows that reached the node, its cover in XGBoost's terms.
    public sealed interface Node {
        /// Finite, at least 0; greater than 0 for a split.
        float hessianSum();
    }

    /// Sends a row to `left` when its value of `feature` is less than `threshold`, else to `right`; a missing
    /// value goes to the left if `missingGoesLeft`. The children are indices into the tree's nodes.
    public record Split(
            Feature feature, float threshold, int left, int right, boolean missingGoesLeft, float hessianSum)
            implements Node {}

    /// Adds `value`, in log-odds, to the margin of a row.
    public record Leaf(float value, float hessianSum) implements Node {}

    /// Throws [UnusableModel] when a child is out of range, a node is reached twice (as in a cycle), or a number is
    /// out of its bounds.
    public Tree {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new UnusableModel("A tree has no node, expected at least one");
        }
        var seen = new BitSet(nodes.size());
        var waiting = new ArrayDeque<Integer>();
        waiting.push(0);
        seen.set(0);
        while (!waiting.isEmpty()) {
            int index = waiting.pop();
            switch (nodes.get(index)) {
                case Leaf leaf -> check(index, leaf);
                case Split split -> {
                    check(index, split);
                    visit(index, split.left(), nodes.size(), seen);
                    visit(index, split.right(), nodes.size(), seen);
                    waiting.push(split.right());
                    waiting.push(split.left());
                }
            }
        }
    }

    private static void visit(int parent, int child, int size, BitSet seen) {
        if (child < 0 || child >= size) {
            throw new UnusableModel(
                    "Node %d of a tree has the child %d, expected 0 to %d".formatted(parent, child, size - 1));
        }
        if (seen.get(child)) {
            throw new UnusableModel(
                    "Node %d of a tree is reached twice, expected every node to have one parent".formatted(child));
        }
        seen.set(child);
    }

    private static void check(int index, Leaf leaf) {
        if (!Float.isFinite(leaf.value())) {
            throw new UnusableModel(
                    "Leaf %d of a tree has the value %s, expected a finite number".formatted(index, leaf.value()));
        }
        if (!(leaf.hessianSum() >= 0 && Float.isFinite(leaf.hessianSum()))) {
            throw new UnusableModel("Leaf %d of a tree has the hessian sum %s, expected a finite number of 0 or more"
                    .formatted(index, leaf.hessianSum()));
        }
    }

    private static void check(int index, Split split) {
        if (Float.isNaN(split.threshold())) {
            throw new UnusableModel("Split %d of a tree has no threshold, expected a number".formatted(index));
        }
        if (!(split.hessianSum() > 0 && Float.isFinite(split.hessianSum()))) {
            throw new UnusableModel("Split %d of a tree has the hessian sum %s, expected a finite number greater than 0"
                    .formatted(index, split.hessianSum()));
        }
    }

    /// The nodes that are reached from the root, breadth first, so that the two children of a split are adjacent.
    List<Node> breadthFirst() {
        var reached = new ArrayList<Node>();
        reached.add(nodes.getFirst());
        for (int next = 0; next < reached.size(); next++) {
            if (reached.get(next) instanceof Split split) {
                reached.add(nodes.get(split.left()));
                reached.add(nodes.get(split.right()));
            }
        }
        return reached;
    }
}
