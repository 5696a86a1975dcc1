package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.model.LogOdds;

class PlattFitTest {

    private static final int ROWS = 50_000;

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "2, 2.5, -1.7", "3, 0.3, 0.5", "4, 1.4, -3"})
    void theCalibrationThatMadeTheLabelsIsFound(long seed, double slope, double intercept) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var logOdds = new double[ROWS];
        var labels = new boolean[ROWS];
        for (int row = 0; row < ROWS; row++) {
            logOdds[row] = random.nextGaussian();
            labels[row] = random.nextDouble() < LogOdds.probability(slope * logOdds[row] + intercept);
        }
        var fitted = PlattFit.fit(logOdds, labels);
        assertThat(fitted.slope()).isCloseTo(slope, within(0.1));
        assertThat(fitted.intercept()).isCloseTo(intercept, within(0.1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theMeanProbabilityIsTheRateOfTheLabels(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var logOdds = new double[ROWS];
        var labels = new boolean[ROWS];
        int positives = 0;
        for (int row = 0; row < ROWS; row++) {
            logOdds[row] = random.nextDouble(-1, 1);
            labels[row] = random.nextDouble() < 0.05 + 0.05 * (logOdds[row] + 1);
            positives += labels[row] ? 1 : 0;
        }
        var fitted = PlattFit.fit(logOdds, labels);
        double sum = 0;
        for (double raw : logOdds) {
            sum += LogOdds.probability(fitted.apply(raw));
        }
        assertThat(sum / ROWS).isCloseTo((double) positives / ROWS, within(1e-4));
    }

    @Test
    void rowsThatAreSeparatedPerfectlyStillGiveAFiniteSlope() {
        var fitted = PlattFit.fit(new double[] {-2, -1, 1, 2}, new boolean[] {false, false, true, true});
        assertThat(fitted.slope()).isPositive().isFinite();
    }

    @Test
    void aRankingTheWrongWayRoundIsRefused() {
        assertThatThrownBy(() -> PlattFit.fit(new double[] {-2, -1, 1, 2}, new boolean[] {true, true, false, false}))
                .isInstanceOf(NotCalibratable.class)
                .hasMessageContaining("slope");
    }

    @Test
    void oneScoreForAllRowsIsRefused() {
        assertThatThrownBy(() -> PlattFit.fit(new double[] {1, 1, 1, 1}, new boolean[] {true, true, false, false}))
                .isInstanceOf(NotCalibratable.class);
    }

    @Test
    void rowsOfOneLabelAreRefused() {
        assertThatThrownBy(() -> PlattFit.fit(new double[] {1, 2}, new boolean[] {true, true}))
                .isInstanceOf(InsufficientRows.class);
    }
}
