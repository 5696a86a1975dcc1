package vowcheck.training.population;

import java.time.LocalDate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.training.LabelledRows;

/// Generates labelled rows with the marginal distributions, the correlations and the difficulty of the real
/// ones: a Gaussian copula over summary figures, a logistic rule for the label, then two waves. A base of
/// 106,990 people applies from 2023-05-01 on, 179 a day. On random days from 2025-01-01 to 2026-04-30, people
/// of the base apply again: 87,000 with their former label, then 20,000 who are younger than 9,855 days with a
/// label decided by a coin toss. Rows are indexed from 0 in that order. A seed gives the same rows on every
/// platform.
public final class SyntheticPopulation {

    /// The seed of the population that is loaded by default.
    public static final long DEFAULT_SEED = 42;

    /// With this generator, seed 42 gives 133,628 rows before 2025-05-01; over all seeds the count is 133,464 ±
    /// 141.
    private static final String ALGORITHM = "L128X128MixRandom";

    /// The population has the contract's features, whatever others a build knows.
    private static final FeatureSchema SCHEMA = FeatureSchema.CONTRACT;

    private static final int BASE_ROWS = 106_990;
    private static final int BASE_ROWS_A_DAY = 179;
    private static final LocalDate BASE_START = LocalDate.of(2023, 5, 1);
    private static final int RETURNING_ROWS = 87_000;
    private static final int YOUNG_ROWS = 20_000;
    private static final float YOUNG_AGE_DAYS = 9_855;
    private static final LocalDate WAVES_START = LocalDate.of(2025, 1, 1);
    private static final int WAVES_DAYS = 485;

    private final PopulationFigures figures = PopulationFigures.shipped();
    private final RandomGenerator random;
    private final StandardNormal normal;

    private SyntheticPopulation(long seed) {
        random = RandomGeneratorFactory.of(ALGORITHM).create(seed);
        normal = new StandardNormal(random);
    }

    /// The 213,990 rows of a seed.
    public static LabelledRows rows(long seed) {
        return new SyntheticPopulation(seed).rows();
    }

    /// The name of those rows wherever they are stored or shown.
    public static String origin(long seed) {
        return "synthetic population, seed " + seed;
    }

    private LabelledRows rows() {
        var base = base();
        var rows = LabelledRows.builder(SCHEMA);
        for (int row = 0; row < base.size(); row++) {
            rows.add(base.values(row), base.divorced(row), base.date(row), row);
        }
        long index = base.size();
        for (int row = 0; row < RETURNING_ROWS; row++) {
            int person = random.nextInt(base.size());
            rows.add(base.values(person), base.divorced(person), dayOfWaves(), index++);
        }
        int[] young = IntStream.range(0, base.size())
                .filter(row -> base.value(row, Feature.AGE_DAYS) < YOUNG_AGE_DAYS)
                .toArray();
        for (int row = 0; row < YOUNG_ROWS; row++) {
            int person = young[random.nextInt(young.length)];
            rows.add(base.values(person), random.nextBoolean(), dayOfWaves(), index++);
        }
        return rows.build();
    }

    private LocalDate dayOfWaves() {
        return WAVES_START.plusDays(random.nextInt(WAVES_DAYS));
    }

    private LabelledRows base() {
        double[][] root = cholesky(figures.correlations().size());
        var independent = new double[SCHEMA.size()];
        var values = new float[SCHEMA.size()];
        var rows = LabelledRows.builder(SCHEMA);
        for (int row = 0; row < BASE_ROWS; row++) {
            normal.fill(independent);
            double logOdds = figures.intercept();
            for (var feature : SCHEMA.features()) {
                int position = SCHEMA.position(feature);
                double z = 0;
                for (int factor = 0; factor <= position; factor++) {
                    z += root[position][factor] * independent[factor];
                }
                values[position] = (float) StrictMath.rint(quantile(feature, StandardNormal.cumulative(z)));
                var featureFigures = figures.of(feature);
                logOdds += featureFigures.weight() * z + featureFigures.squareWeight() * z * z;
            }
            boolean divorced = random.nextDouble() < 1 / (1 + StrictMath.exp(-logOdds));
            rows.add(values, divorced, BASE_START.plusDays(row / BASE_ROWS_A_DAY), row);
        }
        return rows.build();
    }

    /// The value below which that share of the people lies. Between percentiles it is interpolated linearly
    /// where the feature is continuous.
    private double quantile(Feature feature, double share) {
        var quantiles = figures.of(feature).quantiles();
        double percent = share * 100;
        int below = Math.clamp((int) percent, 0, 99);
        double part = percent - below;
        double low = quantiles.get(below);
        double high = quantiles.get(below + 1);
        if (feature.equals(Feature.EDUCATION_DAYS)) {
            return high;
        }
        // Nothing lies between the real durations and the value that stands for no employment.
        if (feature.equals(Feature.EMPLOYED_DAYS) && high >= Feature.NO_EMPLOYMENT_DAYS) {
            return low >= Feature.NO_EMPLOYMENT_DAYS || part > 0.5 ? Feature.NO_EMPLOYMENT_DAYS : low;
        }
        return low + (high - low) * part;
    }

    /// The lower triangular root of the correlations. Rounding may leave them not quite positive definite; the
    /// ridge corrects that.
    private double[][] cholesky(int size) {
        var root = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                double rest = figures.correlations().get(row).get(column) + (row == column ? 1e-9 : 0);
                for (int factor = 0; factor < column; factor++) {
                    rest -= root[row][factor] * root[column][factor];
                }
                root[row][column] = row == column ? StrictMath.sqrt(rest) : rest / root[column][column];
            }
        }
        return root;
    }
}
