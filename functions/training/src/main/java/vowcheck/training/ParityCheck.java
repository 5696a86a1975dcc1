package vowcheck.training;

import static java.util.Objects.requireNonNull;
import static vowcheck.training.trees.BinaryOutputConverter.POSITIVE;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import vowcheck.core.model.BoostedTrees;
import vowcheck.core.model.LogOdds;
import vowcheck.core.model.Parity;
import vowcheck.core.training.LabelledRows;
import vowcheck.training.trees.DivorceExamples;

/// Compares the raw probabilities that Java computes from the trees with those that Tribuo predicts with native
/// XGBoost: on unchanged rows, on the same rows with missing values, and on the same rows with extreme values.
final class ParityCheck {

    /// Both sides compute in float32, whose spacing just below 1 is 6e-8.
    static final double TOLERANCE = 1e-6;

    private static final int MOST_ROWS = 20_000;

    /// Tribuo takes some 700 bytes for each row that it predicts.
    private static final int ROWS_A_PORTION = 2_000;

    /// Unchanged, with missing and with extreme values.
    private static final int VARIANTS = 3;

    private static final double MISSING_RATE = 0.2;
    private static final double EXTREME_RATE = 0.3;
    private static final List<Float> EXTREMES = List.of(
            0f,
            -0f,
            -1f,
            Float.MIN_VALUE,
            1e-30f,
            365_243f,
            365_244f,
            16_777_216f,
            1e30f,
            Float.MAX_VALUE,
            -Float.MAX_VALUE);

    private final RandomGenerator random;

    /// @param seed of the random choice of the values that are replaced
    ParityCheck(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// Throws [ParityFailure] if any difference exceeds [#TOLERANCE] or is not a number.
    Parity check(BoostedTrees trees, Model<Label> tribuo, LabelledRows rows) {
        var own = rows.only(trees.schema());
        int most = Math.min(own.size(), MOST_ROWS);
        double largest = 0;
        for (int from = 0; from < most; from += ROWS_A_PORTION) {
            var compared = compared(own.range(from, Math.min(most, from + ROWS_A_PORTION)));
            largest = Math.max(largest, largestDifference(trees, tribuo, compared, VARIANTS * from));
        }
        return new Parity(VARIANTS * most, largest);
    }

    private static double largestDifference(
            BoostedTrees trees, Model<Label> tribuo, List<float[]> compared, int first) {
        var predictions = tribuo.predict(DivorceExamples.unlabelled(trees.schema(), compared));
        double largest = 0;
        for (int row = 0; row < compared.size(); row++) {
            double ours = LogOdds.probability(trees.margin(compared.get(row)));
            double theirs = requireNonNull(
                            predictions.get(row).getOutputScores().get(POSITIVE.getLabel()))
                    .getScore();
            double difference = Math.abs(ours - theirs);
            if (!(difference <= TOLERANCE)) {
                throw new ParityFailure(
                        "compared row %d scores %s in Java and %s in Tribuo, expected at most %s between them"
                                .formatted(first + row, ours, theirs, TOLERANCE));
            }
            largest = Math.max(largest, difference);
        }
        return largest;
    }

    private List<float[]> compared(LabelledRows rows) {
        var compared = new ArrayList<float[]>(VARIANTS * rows.size());
        for (int row = 0; row < rows.size(); row++) {
            compared.add(rows.values(row));
            compared.add(withMissing(rows.values(row)));
            compared.add(withExtremes(rows.values(row)));
        }
        return compared;
    }

    /// Keeps at least one feature, chosen at random, because Tribuo refuses an example without features.
    private float[] withMissing(float[] values) {
        int kept = random.nextInt(values.length);
        for (int feature = 0; feature < values.length; feature++) {
            if (feature != kept && random.nextDouble() < MISSING_RATE) {
                values[feature] = Float.NaN;
            }
        }
        return values;
    }

    private float[] withExtremes(float[] values) {
        for (int feature = 0; feature < values.length; feature++) {
            if (random.nextDouble() < EXTREME_RATE) {
                values[feature] = EXTREMES.get(random.nextInt(EXTREMES.size()));
            }
        }
        return values;
    }
}
