package vowcheck.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussLegendreTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void nPointsIntegratePolynomialsUpToTheDegreeTwoNMinusOneExactly(int size) {
        for (int degree = 0; degree < 2 * size; degree++) {
            assertThat(integralOfPower(size, degree)).isCloseTo(1.0 / (degree + 1), within(1e-14));
        }
        assertThat(integralOfPower(size, 2 * size)).isNotCloseTo(1.0 / (2 * size + 1), within(1e-9));
    }

    private static double integralOfPower(int size, int degree) {
        var rule = new GaussLegendre(size);
        double sum = 0;
        for (int index = 0; index < rule.size(); index++) {
            sum += rule.weight(index) * Math.pow(rule.point(index), degree);
        }
        return sum;
    }
}
