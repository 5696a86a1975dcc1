package vowcheck.training.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vowcheck.adapters.json.RequestFixtures;
import vowcheck.core.drift.Psi;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ReferenceDistribution;
import vowcheck.core.training.LabelledRows;

/// The expected figures are those of the contract's population.json and of its reference implementation.
class SyntheticPopulationTest {

    private static final LabelledRows ROWS = SyntheticPopulation.rows(SyntheticPopulation.DEFAULT_SEED);
    private static final LabelledRows BASE = ROWS.range(0, 106_990);

    @Test
    void ratesAndCountsAreTheContracts() {
        assertThat(ROWS.size()).isEqualTo(213_990);
        assertThat(rate(BASE)).isCloseTo(0.077, within(0.001));
        assertThat(rate(ROWS)).isCloseTo(0.117, within(0.001));
        assertThat(ROWS.before(LocalDate.of(2025, 5, 1)).size()).isCloseTo(133_700, within(200));
    }

    @Test
    void theBaseAppliesAtOneHundredAndSeventyNineADay() {
        assertThat(BASE.date(0)).isEqualTo(LocalDate.of(2023, 5, 1));
        assertThat(BASE.date(178)).isEqualTo(LocalDate.of(2023, 5, 1));
        assertThat(BASE.date(179)).isEqualTo(LocalDate.of(2023, 5, 2));
    }

    @Test
    void theWavesSpreadOverTheirDays() {
        var waves = ROWS.range(106_990, 213_990);
        var dates = IntStream.range(0, waves.size())
                .mapToObj(waves::date)
                .distinct()
                .sorted()
                .toList();
        assertThat(dates).hasSize(485);
        assertThat(List.of(dates.getFirst(), dates.getLast()))
                .containsExactly(LocalDate.of(2025, 1, 1), LocalDate.of(2026, 4, 30));
    }

    @Test
    void allLaterApplicantsAreInTheBase() {
        var base = new HashSet<List<Float>>();
        for (int row = 0; row < BASE.size(); row++) {
            base.add(boxed(BASE.values(row)));
        }
        long strangers = IntStream.range(BASE.size(), ROWS.size())
                .filter(row -> !base.contains(boxed(ROWS.values(row))))
                .count();
        assertThat(strangers).isZero();
    }

    @Test
    void theLastWaveIsYoungAndHalfOfItDivorces() {
        var young = ROWS.range(193_990, 213_990);
        assertThat(column(young, Feature.AGE_DAYS)).allMatch(age -> age < 9_855);
        assertThat(rate(young)).isCloseTo(0.5, within(0.015));
    }

    @Test
    void indicesCountFromZero() {
        assertThat(IntStream.range(0, ROWS.size()).mapToLong(ROWS::index).toArray())
                .isEqualTo(LongStream.range(0, ROWS.size()).toArray());
    }

    @ParameterizedTest
    @MethodSource("features")
    void quantilesMatchTheRealPopulation(Feature feature) {
        var quantiles = PopulationFigures.shipped().of(feature).quantiles();
        var sorted = sorted(BASE, feature);
        for (int percent = 2; percent <= 98; percent++) {
            double drawn = sorted[(int) (percent / 100.0 * (sorted.length - 1))];
            // In a sample of this size a quantile is off by less than one percentile, and by half a unit for rounding.
            assertThat(drawn).isBetween(quantiles.get(percent - 1) - 0.5, quantiles.get(percent + 1) + 0.5);
        }
    }

    @Test
    void nothingLiesBetweenEmploymentAndItsSentinel() {
        assertThat(column(BASE, Feature.EMPLOYED_DAYS)).allMatch(days -> days == 365_243 || days <= 13_350);
        double unemployed = Arrays.stream(sorted(BASE, Feature.EMPLOYED_DAYS))
                        .filter(days -> days == 365_243)
                        .count()
                / (double) BASE.size();
        assertThat(unemployed).isCloseTo(0.175, within(0.01));
    }

    @Test
    void educationHasFiveLevels() {
        assertThat(column(BASE, Feature.EDUCATION_DAYS).stream().distinct())
                .containsExactlyInAnyOrder(3285f, 4380f, 5110f, 5840f, 6570f);
    }

    @Test
    void continuousFeaturesAreCorrelatedAsInTheRealPopulation() {
        // Rank correlation of a Gaussian copula: 6/π × asin(r/2); source: Kruskal, Ordinal Measures of Association
        // (1958).
        var continuous = List.of(
                Feature.CREDIT_AMOUNT,
                Feature.LOAN_ANNUITY,
                Feature.AGE_DAYS,
                Feature.REGISTRATION_DAYS,
                Feature.ID_DAYS);
        var correlations = PopulationFigures.shipped().correlations();
        for (var one : continuous) {
            for (var other : continuous) {
                double r = correlations
                        .get(FeatureSchema.CONTRACT.position(one))
                        .get(FeatureSchema.CONTRACT.position(other));
                double expected = 6 / Math.PI * Math.asin(r / 2);
                assertThat(correlation(ranks(one), ranks(other)))
                        .as("%s with %s", one, other)
                        .isCloseTo(expected, within(0.015));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("features")
    void theDriftRequestDriftsInAgeAlone(Feature feature) throws IOException {
        var request = RequestFixtures.batch("request_drift.json");
        var drawn = new float[request.size()];
        for (int row = 0; row < drawn.length; row++) {
            drawn[row] = request.get(row).value(feature);
        }
        var reference =
                ReferenceDistribution.of(ROWS.before(LocalDate.of(2025, 5, 1)).column(feature));
        double index = Psi.of(reference.counts(), reference.count(drawn));
        if (feature.equals(Feature.AGE_DAYS)) {
            assertThat(index).isCloseTo(0.056, within(0.006));
        } else {
            assertThat(index).isLessThanOrEqualTo(0.02);
        }
    }

    @Test
    void oneSeedGivesTheSameRowsAndAnotherSeedOthers() {
        assertThat(column(SyntheticPopulation.rows(SyntheticPopulation.DEFAULT_SEED), Feature.AGE_DAYS))
                .isEqualTo(column(ROWS, Feature.AGE_DAYS));
        assertThat(column(SyntheticPopulation.rows(43), Feature.AGE_DAYS)).isNotEqualTo(column(ROWS, Feature.AGE_DAYS));
    }

    private static double rate(LabelledRows rows) {
        return (double) rows.positives() / rows.size();
    }

    private static Stream<Feature> features() {
        return FeatureSchema.CONTRACT.features().stream();
    }

    private static List<Float> column(LabelledRows rows, Feature feature) {
        return IntStream.range(0, rows.size())
                .mapToObj(row -> rows.value(row, feature))
                .toList();
    }

    private static double[] sorted(LabelledRows rows, Feature feature) {
        return IntStream.range(0, rows.size())
                .mapToDouble(row -> rows.value(row, feature))
                .sorted()
                .toArray();
    }

    private static double[] ranks(Feature feature) {
        var order = IntStream.range(0, BASE.size())
                .boxed()
                .sorted((one, other) -> Float.compare(BASE.value(one, feature), BASE.value(other, feature)))
                .mapToInt(Integer::intValue)
                .toArray();
        var ranks = new double[order.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank;
        }
        return ranks;
    }

    private static double correlation(double[] one, double[] other) {
        double meanOne = Arrays.stream(one).average().orElseThrow();
        double meanOther = Arrays.stream(other).average().orElseThrow();
        double product = 0;
        double squaresOne = 0;
        double squaresOther = 0;
        for (int row = 0; row < one.length; row++) {
            product += (one[row] - meanOne) * (other[row] - meanOther);
            squaresOne += (one[row] - meanOne) * (one[row] - meanOne);
            squaresOther += (other[row] - meanOther) * (other[row] - meanOther);
        }
        return product / Math.sqrt(squaresOne * squaresOther);
    }

    private static List<Float> boxed(float[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(index -> values[index])
                .toList();
    }
}
