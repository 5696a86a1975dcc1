package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vowcheck.core.features.FeatureSchema;

class PairedBootstrapTest {

    private static final double EXACT = 1e-12;

    @Test
    void theSameSeedGivesTheSameIntervals() {
        var pair = pair(3_000);
        var bootstrap = new PairedBootstrap(99, 7);

        var one = bootstrap.compare(pair.rows(), pair.challenger(), pair.champion());

        assertThat(bootstrap.compare(pair.rows(), pair.challenger(), pair.champion()))
                .isEqualTo(one);
        assertThat(new PairedBootstrap(99, 8).compare(pair.rows(), pair.challenger(), pair.champion()))
                .isNotEqualTo(one);
    }

    @Test
    void theDifferencesAreThoseOfTheMetrics() {
        var pair = pair(3_000);
        var labels = labels(pair.rows());

        var differences = new PairedBootstrap(99, 7).compare(pair.rows(), pair.challenger(), pair.champion());

        assertThat(differences.averagePrecision().difference())
                .isCloseTo(
                        RankingMetrics.averagePrecision(pair.challenger(), labels)
                                - RankingMetrics.averagePrecision(pair.champion(), labels),
                        within(EXACT));
        assertThat(differences.averagePrecision().lower())
                .isLessThan(differences.averagePrecision().difference());
        assertThat(differences.averagePrecision().upper())
                .isGreaterThan(differences.averagePrecision().difference());
    }

    @Test
    void equalModelsDifferNowhere() {
        var pair = pair(3_000);
        var none = new Interval(0, 0, 0);

        var differences = new PairedBootstrap(99, 7).compare(pair.rows(), pair.champion(), pair.champion());

        assertThat(differences.averagePrecision()).isEqualTo(none);
        assertThat(differences.calibrationError()).isEqualTo(none);
        assertThat(differences.recallGap()).isEqualTo(none);
    }

    /// Twenty rows of each person hold no more information than one.
    @Test
    void rowsOfOnePersonAreDrawnTogether() {
        var few = pair(500);
        int[] repeated = IntStream.range(0, 20 * 500).map(row -> row % 500).toArray();
        var labels = labels(few.rows());
        var divorced = new boolean[repeated.length];
        var challenger = new double[repeated.length];
        var champion = new double[repeated.length];
        var person = new int[repeated.length];
        for (int row = 0; row < repeated.length; row++) {
            divorced[row] = labels[repeated[row]];
            challenger[row] = few.challenger()[repeated[row]];
            champion[row] = few.champion()[repeated[row]];
            person[row] = few.rows().person(repeated[row]);
        }
        var often = new ComparedRows(divorced, person, few.rows().people(), new byte[repeated.length]);

        var once = new PairedBootstrap(99, 7).compare(few.rows(), few.challenger(), few.champion());

        assertThat(new PairedBootstrap(99, 7)
                        .compare(often, challenger, champion)
                        .averagePrecision()
                        .lower())
                .isCloseTo(once.averagePrecision().lower(), within(EXACT));
    }

    @Test
    void weightsCountAsRepeatedRowsDo() {
        var random = new Random(3);
        int size = 200;
        var divorced = new boolean[size];
        var probabilities = new double[size];
        var ages = new byte[size];
        for (int row = 0; row < size; row++) {
            divorced[row] = random.nextInt(4) == 0;
            // Many ties.
            probabilities[row] = random.nextInt(20) / 20.0;
            ages[row] = (byte) random.nextInt(3);
        }
        var rows = new ComparedRows(divorced, IntStream.range(0, size).toArray(), size, ages);
        int[] weights = random.ints(size, 0, 4).toArray();
        int[] repeated = IntStream.range(0, size)
                .flatMap(row -> IntStream.generate(() -> row).limit(weights[row]))
                .toArray();
        var labels = new boolean[repeated.length];
        var scores = new double[repeated.length];
        for (int row = 0; row < repeated.length; row++) {
            labels[row] = divorced[repeated[row]];
            scores[row] = probabilities[repeated[row]];
        }

        var weighted = new RankedScores(rows, probabilities).measure(weights);

        assertThat(weighted.averagePrecision())
                .isCloseTo(RankingMetrics.averagePrecision(scores, labels), within(EXACT));
        assertThat(weighted.recall())
                .isCloseTo(
                        RankingMetrics.review(scores, labels, ReviewCosts.DEFAULT)
                                .recallAtCapacity(),
                        within(EXACT));
    }

    @Test
    void onlyAgesWithEnoughPositivesCountInAGap() {
        int size = 400;
        var divorced = new boolean[size];
        var ages = new byte[size];
        var probabilities = new double[size];
        for (int row = 0; row < size; row++) {
            ages[row] = (byte) (row < 200 ? 0 : row < 360 ? 1 : 2);
            // 100 positives, 80 and 40.
            divorced[row] = row % 2 == 0 || row >= 360;
            probabilities[row] = ages[row] == 0 ? 0.5 : 0.25;
        }
        var rows = new ComparedRows(divorced, IntStream.range(0, size).toArray(), size, ages);
        var each = new int[size];
        Arrays.fill(each, 1);

        var measured = new RankedScores(rows, probabilities).measure(each);

        assertThat(rows.counts(AgeRange.OVER_45)).isFalse();
        assertThat(measured.calibrationErrors()).containsExactly(new double[] {0, 0.25, 0.75}, within(EXACT));
        assertThat(measured.calibrationGap()).isCloseTo(0.25, within(EXACT));
        // A tenth of the youngest, of whom half divorced, can be reviewed.
        assertThat(measured.recalls()).containsExactly(new double[] {0.1, 0, 0}, within(EXACT));
        assertThat(measured.recallGap()).isCloseTo(0.1, within(EXACT));
    }

    @Test
    void peopleAndAgesAreThoseOfTheLabelledRows() {
        var builder = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (float age : new float[] {9_854, 9_855, 16_425, 16_426, 9_854}) {
            builder.add(new float[] {1, 2, 3, age, 5, 6, 7, 8, 9, 10}, age < 10_000, LocalDate.EPOCH, 1);
        }

        var rows = ComparedRows.of(builder.build());

        assertThat(rows.people()).isEqualTo(4);
        assertThat(rows.rows(AgeRange.UNDER_27)).isEqualTo(2);
        assertThat(rows.rows(AgeRange.FROM_27_TO_45)).isEqualTo(2);
        assertThat(rows.rows(AgeRange.OVER_45)).isEqualTo(1);
        assertThat(rows.positives(AgeRange.FROM_27_TO_45)).isEqualTo(1);
    }

    private static boolean[] labels(ComparedRows rows) {
        var labels = new boolean[rows.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = rows.divorced(row);
        }
        return labels;
    }

    private static SimulatedPair pair(int rows) {
        return SimulatedPair.of(new SimulatedPair.Setting(rows, 0.12, 0.42, 0.4, 0.9), 5);
    }
}
