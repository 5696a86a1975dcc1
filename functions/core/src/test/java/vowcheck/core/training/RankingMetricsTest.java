package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Expected values of the hand-computed cases agree with scikit-learn's `average_precision_score`,
/// `roc_auc_score`, `brier_score_loss` and `log_loss`.
class RankingMetricsTest {

    private static final double EXACT = 1e-12;
    private static final double[] SCORES = {0.1, 0.4, 0.35, 0.8};
    private static final boolean[] LABELS = {false, false, true, true};

    @Test
    void averagePrecisionSumsPrecisionOverTheStepsInRecall() {
        // 0.8 hits: 1/1 × 1/2; 0.4 misses; 0.35 hits: 2/3 × 1/2
        assertThat(RankingMetrics.averagePrecision(SCORES, LABELS)).isCloseTo(5 / 6.0, within(EXACT));
    }

    @Test
    void rowsOfOneScoreAreOneThresholdOfAveragePrecision() {
        double[] scores = {0.5, 0.5, 0.5, 0.2};
        boolean[] labels = {true, false, false, true};
        // 1/3 × 1/2 + 2/4 × 1/2
        assertThat(RankingMetrics.averagePrecision(scores, labels)).isCloseTo(5 / 12.0, within(EXACT));
    }

    @Test
    void rocAucIsTheShareOfPairsInOrder() {
        // 0.8 beats both, 0.35 beats one of two
        assertThat(RankingMetrics.rocAuc(SCORES, LABELS)).isCloseTo(0.75, within(EXACT));
    }

    @Test
    void tiesCountHalfInRocAuc() {
        double[] scores = {0.5, 0.5, 0.5, 0.2};
        boolean[] labels = {true, false, false, true};
        // 0.5 ties with both: 1; 0.2 beats none: 0; of 4 pairs
        assertThat(RankingMetrics.rocAuc(scores, labels)).isCloseTo(0.25, within(EXACT));
    }

    @Test
    void theBrierScoreIsTheMeanSquaredDifference() {
        // 0.01 + 0.16 + 0.4225 + 0.04, of 4
        assertThat(RankingMetrics.brierScore(SCORES, LABELS)).isCloseTo(0.158125, within(EXACT));
    }

    @Test
    void theCalibrationErrorIsTheMeanDistanceOfTenBins() {
        var probabilities = new double[20];
        var labels = new boolean[20];
        for (int row = 0; row < 20; row++) {
            int bin = row / 2;
            probabilities[row] = bin / 10.0;
            // The first bin has one divorce of two, where none is expected.
            labels[row] = row == 0 || row == 19;
        }
        double expected = (0.5 + 0.1 + 0.2 + 0.3 + 0.4 + 0.5 + 0.6 + 0.7 + 0.8 + 0.4) / 10;
        assertThat(RankingMetrics.review(probabilities, labels, ReviewCosts.DEFAULT)
                        .calibrationError())
                .isCloseTo(expected, within(EXACT));
    }

    @Test
    void theReviewsFindTheDivorcesOfTheHighestTwentieth() {
        var probabilities = new double[100];
        var labels = new boolean[100];
        for (int row = 0; row < 100; row++) {
            probabilities[row] = row / 100.0;
            labels[row] = row >= 97 || row < 7;
        }
        var review = RankingMetrics.review(probabilities, labels, new ReviewCosts(1_000, 20));
        assertThat(review.recallAtCapacity()).isCloseTo(0.3, within(EXACT));
        // 7 of 100 are missed, 5 of 100 are reviewed.
        assertThat(review.lossEur()).isCloseTo(71, within(1e-9));
    }

    @Test
    void rowsOfOneProbabilityAreReviewedInRandomOrder() {
        var probabilities = new double[100];
        var labels = new boolean[100];
        for (int row = 0; row < 100; row++) {
            probabilities[row] = row < 10 ? 0.9 : 0.1;
            labels[row] = row < 4 || row == 50;
        }
        assertThat(RankingMetrics.review(probabilities, labels, ReviewCosts.DEFAULT)
                        .recallAtCapacity())
                .as("half of the ten, with two of five divorces")
                .isCloseTo(0.4, within(EXACT));
    }

    @Test
    void logLossIsTheMeanNegativeLogLikelihood() {
        double expected = -(Math.log(0.9) + Math.log(0.6) + Math.log(0.35) + Math.log(0.8)) / 4;
        assertThat(RankingMetrics.logLoss(SCORES, LABELS)).isCloseTo(expected, within(EXACT));
    }

    @Test
    void aCertaintyThatWasWrongCostsMuchButNotInfinitely() {
        assertThat(RankingMetrics.logLoss(new double[] {0, 1}, new boolean[] {true, false}))
                .isCloseTo(36.04, within(0.01));
    }

    @Test
    void rowsOfOneLabelAreRefused() {
        assertThatThrownBy(() -> RankingMetrics.rocAuc(new double[] {0.1, 0.2}, new boolean[] {true, true}))
                .isInstanceOf(InsufficientRows.class);
    }

    @Test
    void aScoreThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> RankingMetrics.rocAuc(new double[] {0.1, Double.NaN}, new boolean[] {true, false}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rocAucEqualsTheCountOverAllPairs(long seed) {
        var drawn = Drawn.of(seed, 200);
        double won = 0;
        long pairs = 0;
        for (int one = 0; one < drawn.labels().length; one++) {
            for (int other = 0; other < drawn.labels().length; other++) {
                if (drawn.labels()[one] && !drawn.labels()[other]) {
                    won += (Math.signum(drawn.scores()[one] - drawn.scores()[other]) + 1) / 2;
                    pairs++;
                }
            }
        }
        assertThat(RankingMetrics.rocAuc(drawn.scores(), drawn.labels())).isCloseTo(won / pairs, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rankingDoesNotDependOnTheOrderOfRowsOrOnARisingTransformation(long seed) {
        var drawn = Drawn.of(seed, 500);
        int size = drawn.labels().length;
        var scores = new double[size];
        var labels = new boolean[size];
        for (int row = 0; row < size; row++) {
            scores[size - 1 - row] = Math.exp(3 * drawn.scores()[row]) - 7;
            labels[size - 1 - row] = drawn.labels()[row];
        }
        assertThat(RankingMetrics.averagePrecision(scores, labels))
                .isCloseTo(RankingMetrics.averagePrecision(drawn.scores(), drawn.labels()), within(1e-12));
        assertThat(RankingMetrics.rocAuc(scores, labels))
                .isCloseTo(RankingMetrics.rocAuc(drawn.scores(), drawn.labels()), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void oneScoreForAllHasNoSkill(long seed) {
        var drawn = Drawn.of(seed, 300);
        var scores = new double[drawn.labels().length];
        int positives = 0;
        for (boolean label : drawn.labels()) {
            positives += label ? 1 : 0;
        }
        assertThat(RankingMetrics.rocAuc(scores, drawn.labels())).isEqualTo(0.5);
        assertThat(RankingMetrics.averagePrecision(scores, drawn.labels()))
                .isCloseTo((double) positives / scores.length, within(1e-12));
    }

    /// Scores of few levels, so that many tie, and labels of both kinds.
    @SuppressWarnings("ArrayRecordComponent") // lives within one test
    private record Drawn(double[] scores, boolean[] labels) {

        static Drawn of(long seed, int size) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var scores = new double[size];
            var labels = new boolean[size];
            for (int row = 0; row < size; row++) {
                scores[row] = random.nextInt(20) / 20.0;
                labels[row] = random.nextDouble() < 0.1 + 0.5 * scores[row];
            }
            labels[0] = true;
            labels[1] = false;
            return new Drawn(scores, labels);
        }
    }
}
