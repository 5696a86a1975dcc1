package vowcheck.core.quality;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vowcheck.core.drift.Psi;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.quality.DataReport.Days;
import vowcheck.core.quality.DataReport.FeatureFigures;
import vowcheck.core.quality.DataReport.Month;
import vowcheck.core.quality.DataReport.Occasion;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.People;

class DataProfileTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final LocalDate MAY = LocalDate.of(2025, 5, 1);

    /// Its rows have the values 1 to 100 in each feature; its cutoff is [#MAY].
    private static final ModelManifest CHAMPION =
            ModelFixtures.constant("7", 0.25).manifest();

    private final DataProfile alone = new DataProfile(FeatureSchema.CONTRACT, Optional.empty(), Optional.empty());
    private final DataProfile compared =
            new DataProfile(FeatureSchema.CONTRACT, Optional.of(CHAMPION), Optional.empty());

    @Test
    void rowsLabelsMonthsAndDaysAreCountedInAnyOrder() {
        alone.add(row(1), true, MAY.plusDays(20));
        alone.add(row(2), false, MAY.plusDays(22));
        alone.add(row(3), false, MAY.minusDays(1));
        alone.add(row(4), true, MAY.plusDays(20));

        var report = report(alone);
        assertThat(report.rows()).isEqualTo(4);
        assertThat(report.positives()).isEqualTo(2);
        assertThat(report.months())
                .containsExactly(new Month(YearMonth.of(2025, 4), 1, 0), new Month(YearMonth.of(2025, 5), 3, 2));
        assertThat(report.days()).hasValue(new Days(MAY.minusDays(1), MAY.plusDays(22), 21));
        assertThat(report.comparison()).isEmpty();
    }

    @Test
    void nothingIsAReportToo() {
        var report = report(alone);
        assertThat(report.rows()).isZero();
        assertThat(report.days()).isEmpty();
        assertThat(report.features()).hasSize(10);
    }

    @Test
    void rowsThatAreEqualInAllFeaturesRecur() {
        for (int person = 1; person <= 3; person++) {
            for (int application = 0; application < person; application++) {
                alone.add(row(person), application == 0, MAY.plusDays(application));
            }
        }
        assertThat(report(alone).recurringRows()).isEqualTo(5);
    }

    @Test
    void recurringRowsAreThoseThatAnExactComparisonFinds() {
        var random = new Random(7);
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < 20_000; row++) {
            var values = new float[10];
            // Zeros of both signs are equal.
            values[0] = random.nextInt(20) - 0f;
            values[1] = random.nextBoolean() ? 0f : -0f;
            values[2] = random.nextInt(500);
            rows.add(values, false, MAY, row);
        }
        var built = rows.build();
        var people = People.of(built);
        var rowsOf = new int[people.count()];
        for (int row = 0; row < built.size(); row++) {
            rowsOf[people.person(row)]++;
        }
        long recurring = 0;
        for (int count : rowsOf) {
            recurring += count > 1 ? count : 0;
        }
        assertThat(report(DataProfile.of(built, Optional.empty())).recurringRows())
                .isEqualTo(recurring)
                .isPositive();
    }

    @Test
    void missingValuesAndTheSentinelAreCounted() {
        var values = row(1);
        values[FeatureSchema.CONTRACT.position(Feature.EMPLOYED_DAYS)] = Feature.NO_EMPLOYMENT_DAYS;
        values[FeatureSchema.CONTRACT.position(Feature.ID_DAYS)] = Float.NaN;
        alone.add(values, false, MAY);
        alone.add(row(2), false, MAY);

        var report = report(alone);
        assertThat(report.withoutEmployment()).isOne();
        assertThat(figures(report, Feature.ID_DAYS).missing()).isOne();
        assertThat(figures(report, Feature.AGE_DAYS).missing()).isZero();
    }

    /// The first decile of the champion's rows is 11, and the last one 91.
    @Test
    void valuesBelowHalfTheFirstDecileOrAboveTwiceTheLastOneAreBeyondTheRange() {
        for (float value : new float[] {5, 5.5f, 50, 181, 182, 1000}) {
            compared.add(row(value), false, MAY);
        }
        assertThat(figures(report(compared), Feature.AGE_DAYS).beyondRange()).isEqualTo(3);
    }

    @Test
    void theIndexIsThatOfTheChampionsBinsWhereEnoughRowsAreCompared() {
        var reference = requireNonNull(CHAMPION.data().reference().get(Feature.AGE_DAYS));
        var values = new float[1000];
        for (int row = 0; row < values.length; row++) {
            values[row] = row % 130;
            compared.add(row(values[row]), false, MAY);
            if (row == 998) {
                assertThat(figures(report(compared), Feature.AGE_DAYS).psi()).isEmpty();
            }
        }
        assertThat(figures(report(compared), Feature.AGE_DAYS).psi().orElseThrow())
                .isEqualTo(Psi.of(reference.counts(), reference.count(values)), within(1e-12))
                .isGreaterThan(0.05);
        assertThat(report(compared).comparison().orElseThrow().since()).isEmpty();
    }

    @Test
    void ofATrainingsRowsThoseSinceTheChampionsCutoffAreCompared() {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < 3000; row++) {
            rows.add(row(row < 2000 ? 1000 : 50), false, row < 2000 ? MAY.minusDays(1) : MAY, row);
        }
        var report = report(DataProfile.of(rows.build(), Optional.of(CHAMPION)));

        assertThat(report.rows()).isEqualTo(3000);
        assertThat(report.comparison()).hasValue(new DataReport.Comparison(CHAMPION.version(), 1000, Optional.of(MAY)));
        assertThat(figures(report, Feature.AGE_DAYS).beyondRange()).isZero();
    }

    private static float[] row(float value) {
        var values = new float[10];
        Arrays.fill(values, value);
        return values;
    }

    private static DataReport report(DataProfile profile) {
        return profile.report(Occasion.IMPORT, "one", NOW);
    }

    private static FeatureFigures figures(DataReport report, Feature feature) {
        return report.features().get(FeatureSchema.CONTRACT.position(feature));
    }
}
