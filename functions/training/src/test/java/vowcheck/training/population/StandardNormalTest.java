package vowcheck.training.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardNormalTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.8413447460685429",
        "-1.959963984540054, 0.025",
        "3, 0.9986501019683699",
        "-5, 2.866515718791933e-7",
        "-8, 6.220960574271785e-16",
        "-40, 0",
        "40, 1"
    })
    void theCumulativeDistributionIsTheTabulatedOne(double z, double expected) {
        assertThat(StandardNormal.cumulative(z)).isCloseTo(expected, within(1e-14));
    }

    @Test
    void drawsHaveMeanZeroAndVarianceOneAndTheRightTails() {
        var draws = new double[200_000];
        new StandardNormal(RandomGeneratorFactory.of("L64X128MixRandom").create(1)).fill(draws);
        double sum = 0;
        double squares = 0;
        int beyondTwo = 0;
        for (double draw : draws) {
            sum += draw;
            squares += draw * draw;
            beyondTwo += Math.abs(draw) > 2 ? 1 : 0;
        }
        assertThat(sum / draws.length).isCloseTo(0, within(0.01));
        assertThat(squares / draws.length).isCloseTo(1, within(0.015));
        assertThat((double) beyondTwo / draws.length).isCloseTo(0.0455, within(0.002));
    }
}
