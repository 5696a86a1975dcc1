package vowcheck.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceDistributionTest {

    @Test
    void aHundredDifferentValuesFillTenEqualBins() {
        var reference = ModelFixtures.reference().firstEntry().getValue();
        assertThat(reference.edges()).containsExactly(11f, 21f, 31f, 41f, 51f, 61f, 71f, 81f, 91f);
        assertThat(reference.counts()).containsOnly(10L).hasSize(10);
    }

    @Test
    void theEndsAreAtHalfOfTheFirstAndTwiceTheLastEdge() {
        var ends = ModelFixtures.reference().firstEntry().getValue().withEnds();
        assertThat(ends.edges()).startsWith(5.5f, 11f).endsWith(91f, 182f).hasSize(11);
        assertThat(ends.counts()).startsWith(0L, 10L).endsWith(10L, 0L).hasSize(12);
    }

    @Test
    void aFeatureThatBeginsAtZeroHasNoLowerEnd() {
        var mostlyZero = new float[100];
        mostlyZero[99] = 7;
        assertThat(ReferenceDistribution.of(mostlyZero).withEnds()).isEqualTo(ReferenceDistribution.of(mostlyZero));
        var negative = new ReferenceDistribution(List.of(-20f, -10f), List.of(1L, 1L, 1L)).withEnds();
        assertThat(negative.edges()).containsExactly(-40f, -20f, -10f, -5f);
        assertThat(negative.counts()).containsExactly(0L, 1L, 1L, 1L, 0L);
    }

    @Test
    void aValueSharedByATenthOfTheRowsHasItsOwnBin() {
        var values = new float[100];
        for (int row = 0; row < 100; row++) {
            values[row] = row < 13 ? 0 : row < 82 ? row : 365_243;
        }
        var reference = ReferenceDistribution.of(values);
        assertThat(reference.counts().get(reference.bin(0))).isEqualTo(13);
        assertThat(reference.counts().get(reference.bin(365_243))).isEqualTo(18);
        assertThat(reference.bin(Float.MIN_VALUE)).isEqualTo(reference.bin(0) + 1);
        assertThat(reference.bin(365_244)).isEqualTo(reference.bin(365_243) + 1);
        assertThat(reference.counts().get(reference.bin(365_244))).isZero();
    }

    @Test
    void aFewRowsAboveAMassPointStayInItsBin() {
        var values = new float[100];
        for (int row = 0; row < 100; row++) {
            values[row] = row < 71 ? 4_380 : row < 74 ? 5_110 : row < 99 ? 5_840 : 6_570;
        }
        assertThat(ReferenceDistribution.of(values))
                .isEqualTo(new ReferenceDistribution(List.of(4_380f, 5_840f), List.of(0L, 74L, 26L)));
    }

    @Test
    void aFeatureWithoutSpreadIsOneMassPoint() {
        var reference = ReferenceDistribution.of(new float[] {7, 7, 7});
        assertThat(reference.edges()).containsExactly(7f, Math.nextUp(7f));
        assertThat(reference.counts()).containsExactly(0L, 3L, 0L);
    }

    @Test
    void missingValuesAreLeftOutAndMinusZeroIsZero() {
        var reference = ReferenceDistribution.of(new float[] {Float.NaN, -0f, 0f, Float.NaN});
        assertThat(reference.counts()).containsExactly(0L, 2L, 0L);
        assertThat(reference.bin(-0f)).isEqualTo(1);
    }

    @Test
    void nothingToFreezeIsRefused() {
        assertThatThrownBy(() -> ReferenceDistribution.of(new float[] {Float.NaN}))
                .hasMessage("no value is a number, expected at least one");
    }

    @Test
    void edgesThatDoNotRiseAreRefused() {
        assertThatThrownBy(() -> new ReferenceDistribution(List.of(2f, 2f), List.of(1L, 1L, 1L)))
                .hasMessage("edge 2.0 at place 1, expected finite numbers that rise");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyValueFallsBetweenItsBinsEdges(long seed) {
        var random = random(seed);
        var reference = ReferenceDistribution.of(values(random, 500));
        for (float value : values(random, 500)) {
            int bin = reference.bin(value);
            assertThat(bin == 0 || reference.edges().get(bin - 1) <= value).isTrue();
            assertThat(bin == reference.edges().size()
                            || value < reference.edges().get(bin))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countingTheFrozenRowsAgainGivesTheirCounts(long seed) {
        var values = values(random(seed), 1_000);
        var reference = ReferenceDistribution.of(values);
        assertThat(reference.count(values)).isEqualTo(reference.counts());
    }

    private static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// A mixture that resembles the features: a mass at 0, a sentinel, levels, and continuous values.
    private static float[] values(RandomGenerator random, int size) {
        var values = new float[size];
        for (int row = 0; row < size; row++) {
            values[row] = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> 365_243;
                case 2 -> random.nextInt(5);
                default -> (float) random.nextGaussian(3_000, 2_000);
            };
        }
        return values;
    }
}
