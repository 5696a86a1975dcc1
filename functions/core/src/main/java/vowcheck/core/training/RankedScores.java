package vowcheck.core.training;

import java.util.Arrays;

/// One model's probabilities on compared rows, sorted once. The metrics of any weights of the people then
/// take one pass over the rows. Immutable and thread-safe.
final class RankedScores {

    /// Bins of equally many rows, of all rows and of each range of ages.
    static final int BINS = 10;

    private static final int AGES = AgeRange.values().length;

    private final int[] person;
    private final boolean[] divorced;
    private final byte[] ages;

    /// Probability less label.
    private final double[] residual;

    private final byte[] bin;

    /// Of a row's range of ages: the range times [#BINS] plus the bin.
    private final byte[] ageBin;

    /// Whether the next row has another probability.
    private final boolean[] endsTie;

    private final boolean[] counts = new boolean[AGES];

    /// @param probabilities of the rows, in their order
    RankedScores(ComparedRows rows, double[] probabilities) {
        int size = rows.size();
        if (probabilities.length != size) {
            throw new IllegalArgumentException(
                    "%d probabilities, expected one for each of %d rows".formatted(probabilities.length, size));
        }
        int[] order = ScoreOrder.descending(probabilities);
        person = new int[size];
        divorced = new boolean[size];
        ages = new byte[size];
        residual = new double[size];
        bin = new byte[size];
        ageBin = new byte[size];
        endsTie = new boolean[size];
        var before = new int[AGES];
        for (int from = 0; from < size; ) {
            int until = from;
            var tied = before.clone();
            while (until < size && probabilities[order[until]] == probabilities[order[from]]) {
                int row = order[until];
                int range = rows.ages(row);
                person[until] = rows.person(row);
                divorced[until] = rows.divorced(row);
                ages[until] = (byte) range;
                residual[until] = probabilities[row] - (rows.divorced(row) ? 1 : 0);
                bin[until] = (byte) ((long) from * BINS / size);
                ageBin[until] = (byte) (range * BINS + (int) ((long) before[range] * BINS / rows.ofAges(range)));
                tied[range]++;
                until++;
            }
            endsTie[until - 1] = true;
            before = tied;
            from = until;
        }
        for (var range : AgeRange.values()) {
            counts[range.position()] = rows.counts(range);
        }
    }

    /// The metrics where each person's rows count as often as the person's weight says.
    Measures measure(int[] weights) {
        long rows = 0;
        long hits = 0;
        long newHits = 0;
        double precisions = 0;
        var sums = new double[BINS];
        var ageSums = new double[AGES * BINS];
        var ageRows = new long[AGES];
        var ageHits = new long[AGES];
        for (int rank = 0; rank < person.length; rank++) {
            int weight = weights[person[rank]];
            if (weight > 0) {
                rows += weight;
                double weighted = weight * residual[rank];
                sums[bin[rank]] += weighted;
                ageSums[ageBin[rank]] += weighted;
                ageRows[ages[rank]] += weight;
                if (divorced[rank]) {
                    newHits += weight;
                    ageHits[ages[rank]] += weight;
                }
            }
            if (endsTie[rank] && newHits > 0) {
                hits += newHits;
                precisions += (double) hits / rows * newHits;
                newHits = 0;
            }
        }
        var found = found(weights, ReviewCosts.CAPACITY * rows);
        double calibrationError = distance(sums, 0, BINS, rows);
        var recalls = new double[AGES];
        var calibrationErrors = new double[AGES];
        for (int range = 0; range < AGES; range++) {
            recalls[range] = ageHits[range] == 0 ? 0 : found[range] / ageHits[range];
            calibrationErrors[range] = distance(ageSums, range * BINS, BINS, ageRows[range]);
        }
        return new Measures(
                hits == 0 ? 0 : precisions / hits,
                calibrationError,
                hits == 0 ? 0 : Arrays.stream(found).sum() / hits,
                recalls,
                calibrationErrors,
                gap(recalls),
                gap(calibrationErrors));
    }

    /// The positives among the first rows, up to the capacity, by range of ages. Rows with equal
    /// probabilities are reviewed in random order: where not all of them fit, each counts by the share that
    /// does.
    private double[] found(int[] weights, double capacity) {
        var found = new double[AGES];
        var tied = new long[AGES];
        long before = 0;
        long rows = 0;
        for (int rank = 0; rank < person.length && before < capacity; rank++) {
            int weight = weights[person[rank]];
            rows += weight;
            if (divorced[rank]) {
                tied[ages[rank]] += weight;
            }
            if (endsTie[rank] && rows > before) {
                double share = Math.min(1, (capacity - before) / (rows - before));
                for (int range = 0; range < AGES; range++) {
                    found[range] += share * tied[range];
                    tied[range] = 0;
                }
                before = rows;
            }
        }
        return found;
    }

    private static double distance(double[] sums, int from, int count, long rows) {
        double distance = 0;
        for (int bin = from; bin < from + count; bin++) {
            distance += Math.abs(sums[bin]);
        }
        return rows == 0 ? 0 : distance / rows;
    }

    /// Between the greatest and the least of the ranges that count.
    private double gap(double[] byAges) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int range = 0; range < AGES; range++) {
            if (counts[range]) {
                least = Math.min(least, byAges[range]);
                greatest = Math.max(greatest, byAges[range]);
            }
        }
        return Math.max(0, greatest - least);
    }

    /// What was measured. The arrays are by [AgeRange], and nobody changes them.
    @SuppressWarnings("ArrayRecordComponent") // lives as long as one resample, thousands of times
    record Measures(
            double averagePrecision,
            double calibrationError,
            double recall,
            double[] recalls,
            double[] calibrationErrors,
            double recallGap,
            double calibrationGap) {}
}
