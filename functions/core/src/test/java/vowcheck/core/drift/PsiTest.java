package vowcheck.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ReferenceDistribution;

class PsiTest {

    @Test
    void theIndexFollowsTheFormula() {
        // (0.3 - 0.5) ln(0.3 / 0.5) + (0.7 - 0.5) ln(0.7 / 0.5)
        assertThat(Psi.of(List.of(50L, 50L), List.of(3L, 7L))).isCloseTo(0.169460, within(1e-6));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theIndexIsNeverNegative(long seed) {
        var random = random(seed);
        int bins = random.nextInt(1, 30);
        assertThat(Psi.of(counts(random, bins), counts(random, bins))).isNotNegative();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void equalSharesGiveAnIndexOfZero(long seed) {
        var counts = counts(random(seed), 11);
        assertThat(Psi.of(counts, counts)).isZero();
        assertThat(Psi.of(counts, counts.stream().map(count -> 7 * count).toList()))
                .isCloseTo(0, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theIndexIsSymmetric(long seed) {
        var random = random(seed);
        var one = counts(random, 12);
        var other = counts(random, 12);
        assertThat(Psi.of(one, other)).isCloseTo(Psi.of(other, one), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(floats = {-1_000, 0, 101, 365_243, Float.MAX_VALUE})
    void valuesWhollyOutOfRangeAreDrift(float value) {
        ReferenceDistribution reference = ModelFixtures.reference().firstEntry().getValue();
        var values = new float[1_000];
        java.util.Arrays.fill(values, value);
        assertThat(Psi.of(reference.counts(), reference.count(values))).isGreaterThan(1);
    }

    @Test
    void aLostSentinelIsDrift() {
        var values = new float[1_000];
        for (int row = 0; row < values.length; row++) {
            values[row] = row < 180 ? 365_243 : row;
        }
        var reference = ReferenceDistribution.of(values);
        for (int row = 0; row < 180; row++) {
            values[row] = 999_999;
        }
        assertThat(Psi.of(reference.counts(), reference.count(values))).isGreaterThan(1);
    }

    @Test
    void anEmptyBinKeepsTheIndexFinite() {
        assertThat(Psi.of(List.of(0L, 100L), List.of(100L, 0L))).isFinite().isGreaterThan(10);
    }

    @Test
    void otherBinsAndNoRowsAreRefused() {
        assertThatThrownBy(() -> Psi.of(List.of(1L), List.of(1L, 1L)))
                .hasMessage("2 bins, expected 1 as in the reference");
        assertThatThrownBy(() -> Psi.of(List.of(1L), List.of(0L))).hasMessage("no rows, expected at least one");
    }

    private static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static List<Long> counts(RandomGenerator random, int bins) {
        var counts = new ArrayList<>(Collections.nCopies(bins, 0L));
        counts.set(0, 1L);
        for (int bin = 0; bin < bins; bin++) {
            counts.set(bin, counts.get(bin) + (random.nextBoolean() ? 0 : random.nextLong(100_000)));
        }
        return counts;
    }
}
