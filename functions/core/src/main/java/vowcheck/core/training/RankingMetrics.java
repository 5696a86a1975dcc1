package vowcheck.core.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import vowcheck.core.model.ReviewMetrics;
import vowcheck.core.model.TestMetrics;

/// How well scores rank rows, and how well probabilities fit them. Scores are parallel to labels, which are true
/// for a divorce; both labels must occur.
public final class RankingMetrics {

    /// Keeps the logarithm of a probability of 0 finite: the spacing of doubles at 1, as in
    /// scikit-learn's `log_loss`.
    private static final double LEAST_PROBABILITY = Math.ulp(1.0);

    private RankingMetrics() {}

    /// All metrics of calibrated probabilities in [0, 1].
    public static TestMetrics of(double[] probabilities, boolean[] divorced) {
        return new TestMetrics(
                averagePrecision(probabilities, divorced),
                rocAuc(probabilities, divorced),
                brierScore(probabilities, divorced),
                logLoss(probabilities, divorced),
                review(probabilities, divorced, ReviewCosts.DEFAULT),
                null);
    }

    /// How well calibrated probabilities in [0, 1] serve decisions. The calibration error has ten bins of
    /// equally many rows; rows with equal probabilities share one. Source: Naeini, Cooper and Hauskrecht,
    /// Obtaining Well Calibrated Probabilities Using Bayesian Binning (2015), page 2904. Where not all rows
    /// with an equal probability can be reviewed, each counts by the share that can.
    public static ReviewMetrics review(double[] probabilities, boolean[] divorced, ReviewCosts costs) {
        requireBothLabels(probabilities, divorced);
        int size = divorced.length;
        var eachOnce = new int[size];
        Arrays.fill(eachOnce, 1);
        // Each row is another person's, and ages are of no interest here.
        var rows = new ComparedRows(divorced, IntStream.range(0, size).toArray(), size, new byte[size]);
        var measured = new RankedScores(rows, probabilities).measure(eachOnce);
        double positiveRate = (double) positives(divorced) / size;
        return new ReviewMetrics(
                measured.calibrationError(), measured.recall(), costs.perApplication(positiveRate, measured.recall()));
    }

    /// The sum over thresholds of precision times the step in recall; rows with equal scores share one
    /// threshold. In (0, 1]. Source: scikit-learn's `average_precision_score`, which does not interpolate.
    public static double averagePrecision(double[] scores, boolean[] divorced) {
        requireBothLabels(scores, divorced);
        var sum = new double[1];
        int positives = positives(divorced);
        forEachThreshold(
                scores,
                divorced,
                (hits, misses, newHits, newMisses) -> sum[0] += (double) hits / (hits + misses) * newHits / positives);
        return sum[0];
    }

    /// The probability that a random divorced row scores above a random other one, ties counting half. In [0,
    /// 1]. Source: Hanley and McNeil, The Meaning and Use of the Area under a ROC Curve (1982), page 31.
    public static double rocAuc(double[] scores, boolean[] divorced) {
        requireBothLabels(scores, divorced);
        var area = new double[1];
        forEachThreshold(
                scores, divorced, (hits, misses, newHits, newMisses) -> area[0] += newMisses * (hits - newHits / 2.0));
        double positives = positives(divorced);
        return area[0] / (positives * (divorced.length - positives));
    }

    /// The mean squared difference of probability and label, in [0, 1]. Source: Brier, Verification of
    /// Forecasts Expressed in Terms of Probability (1950), halved as is usual for two classes.
    public static double brierScore(double[] probabilities, boolean[] divorced) {
        requireBothLabels(probabilities, divorced);
        return IntStream.range(0, divorced.length)
                .mapToDouble(row -> {
                    double difference = probabilities[row] - (divorced[row] ? 1 : 0);
                    return difference * difference;
                })
                .average()
                .orElseThrow();
    }

    /// The mean negative log-likelihood in nats, at least 0.
    public static double logLoss(double[] probabilities, boolean[] divorced) {
        requireBothLabels(probabilities, divorced);
        return IntStream.range(0, divorced.length)
                .mapToDouble(row -> -Math.log(
                        Math.max(LEAST_PROBABILITY, divorced[row] ? probabilities[row] : 1 - probabilities[row])))
                .average()
                .orElseThrow();
    }

    /// Visits the distinct scores from the highest to the lowest.
    private static void forEachThreshold(double[] scores, boolean[] divorced, Threshold threshold) {
        int[] order = ScoreOrder.descending(scores);
        int hits = 0;
        int next = 0;
        while (next < order.length) {
            int from = next;
            int hitsBefore = hits;
            double score = scores[order[from]];
            while (next < order.length && scores[order[next]] == score) {
                hits += divorced[order[next]] ? 1 : 0;
                next++;
            }
            int newHits = hits - hitsBefore;
            threshold.passed(hits, next - hits, newHits, next - from - newHits);
        }
    }

    private static int positives(boolean[] divorced) {
        int positives = 0;
        for (boolean label : divorced) {
            positives += label ? 1 : 0;
        }
        return positives;
    }

    private static void requireBothLabels(double[] scores, boolean[] divorced) {
        if (scores.length != divorced.length) {
            throw new IllegalArgumentException(
                    "%d scores, expected one for each of %d labels".formatted(scores.length, divorced.length));
        }
        for (double score : scores) {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("a score is NaN, expected a number");
            }
        }
        int positives = positives(divorced);
        if (positives == 0 || positives == divorced.length) {
            throw new InsufficientRows(
                    "%d of %d rows divorced, expected some of both labels".formatted(positives, divorced.length));
        }
    }

    /// Receives, for each distinct score, how many rows score at least that much, and how many of them are new.
    private interface Threshold {
        void passed(int hits, int misses, int newHits, int newMisses);
    }
}
