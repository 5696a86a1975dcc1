package vowcheck.core.training;

import java.util.Arrays;

/// The order of rows by their scores, highest first.
final class ScoreOrder {

    private ScoreOrder() {}

    /// The rows from the highest to the lowest score; rows with equal scores stand together. Sorts the numbers
    /// themselves, which is several times as fast as sorting boxed positions.
    static int[] descending(double[] scores) {
        var sorted = new double[scores.length];
        for (int row = 0; row < sorted.length; row++) {
            sorted[row] = comparable(scores[row]);
        }
        Arrays.sort(sorted);
        var order = new int[scores.length];
        var taken = new int[scores.length];
        for (int row = 0; row < order.length; row++) {
            int first = first(sorted, comparable(scores[row]));
            order[order.length - 1 - first - taken[first]] = row;
            taken[first]++;
        }
        return order;
    }

    /// The position of the first such number in an ascending array that contains it.
    private static int first(double[] sorted, double score) {
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// 0 for a negative 0, which sorting would put before it.
    private static double comparable(double score) {
        return score + 0.0;
    }
}
