package vowcheck.training.evaluation;

import java.util.stream.IntStream;

/// Labelled rows with their probabilities, the highest first. Immutable.
final class RankedRows {

    private final double[] probabilities;
    private final boolean[] divorced;
    private final int positives;

    /// @param probabilities one for each label
    RankedRows(double[] probabilities, boolean[] divorced) {
        var order = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted((one, other) -> Double.compare(probabilities[other], probabilities[one]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.probabilities = new double[order.length];
        this.divorced = new boolean[order.length];
        int found = 0;
        for (int rank = 0; rank < order.length; rank++) {
            this.probabilities[rank] = probabilities[order[rank]];
            this.divorced[rank] = divorced[order[rank]];
            found += this.divorced[rank] ? 1 : 0;
        }
        this.positives = found;
    }

    int size() {
        return probabilities.length;
    }

    double probability(int rank) {
        return probabilities[rank];
    }

    boolean divorced(int rank) {
        return divorced[rank];
    }

    int positives() {
        return positives;
    }
}
