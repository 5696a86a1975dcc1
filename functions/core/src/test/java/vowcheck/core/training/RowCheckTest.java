package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.InvalidApplication;
import vowcheck.core.features.LaterBuild;

class RowCheckTest {

    private static final LocalDate CUTOFF = LocalDate.of(2025, 5, 1);
    private static final LocalDate DAY = LocalDate.of(2025, 4, 30);

    private final RowCheck check = new RowCheck(0);
    private final LabelledRows.Builder rows = LabelledRows.builder(FeatureSchema.CONTRACT);

    @Test
    void rowsWithoutAFaultAreAcceptedAsTheyAre() {
        add(0, Feature.PHONE_CHANGE, 0);
        add(1, Feature.PHONE_CHANGE, -0f);
        add(2, Feature.CLIENT_INCOME, Float.MIN_VALUE);
        add(3, Feature.CREDIT_AMOUNT, Float.MAX_VALUE);
        var built = rows.build();

        var accepted = check.accepted(built, CUTOFF);
        assertThat(accepted.rows()).isSameAs(built);
        assertThat(accepted.report().faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Client_Income, Infinity, 'Client_Income of 1 row is not finite, index -1'",
        "Client_Income, 0, 'Client_Income of 1 row is 0 or less, expected greater than 0, index -1'",
        "ID_Days, -Infinity, 'ID_Days of 1 row is not finite, index -1'",
        "Age_Days, -12000, 'Age_Days of 1 row is negative, expected 0 or more, index -1'",
        "Credit_Bureau, NaN, 'Credit_Bureau of 1 row is missing, index -1'",
    })
    void aFaultIsNamedByFeatureReasonCountAndIndex(String name, float value, String words) {
        add(7, Feature.AGE_DAYS, 12_000);
        add(-1, FeatureSchema.CONTRACT.named(name).orElseThrow(), value);

        assertThatThrownBy(() -> check.accepted(rows.build(), CUTOFF))
                .isInstanceOf(RefusedRows.class)
                .hasMessage("the labelled rows before 2025-05-01 are refused: " + words
                        + "; correct or delete these rows and train again");
    }

    /// The bounds of a row are those of an application.
    @ParameterizedTest
    @ValueSource(
            floats = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -1, -0f, 0, Float.MIN_VALUE, 365_243
            })
    void aRowIsFaultyWhereAnApplicationIsRefused(float value) {
        for (var feature : FeatureSchema.CONTRACT.features()) {
            var values = values(feature, value);
            var report = report(LabelledRows.builder(FeatureSchema.CONTRACT)
                    .add(values, false, DAY, 1)
                    .build());
            if (report.faultyRows() == 0) {
                assertThat(Application.of(FeatureSchema.CONTRACT, values).value(feature))
                        .isEqualTo(value);
            } else {
                assertThatThrownBy(() -> Application.of(FeatureSchema.CONTRACT, values))
                        .isInstanceOf(InvalidApplication.class);
            }
        }
    }

    @Test
    void faultsOfOneKindAreCountedAndAllKindsAreNamed() {
        for (int row = 4; row < 1_504; row++) {
            add(row, Feature.AGE_DAYS, -row);
        }
        add(2_000, Feature.AGE_DAYS, Float.NaN);
        rows.add(values(Feature.ID_DAYS, -1), false, LocalDate.of(1970, 1, 1), 3_000);

        var report = report(rows.build());

        assertThat(report.rows()).isEqualTo(1_502);
        assertThat(report.faultyRows()).isEqualTo(1_502);
        assertThat(report.inWords())
                .isEqualTo("Age_Days of 1,500 rows is negative, expected 0 or more, first index 4; Age_Days of 1 row is"
                        + " missing, index 2000; ID_Days of 1 row is negative, expected 0 or more, index 3000; Date of 1"
                        + " row is before 2000-01-01, index 3000");
    }

    @ParameterizedTest
    @CsvSource({
        "1999-12-31, 'Date of 1 row is before 2000-01-01, index 5'",
        "2000-01-01, ''",
        "2025-04-30, ''",
        "2025-05-01, 'Date of 1 row is not before the cutoff, index 5'"
    })
    void aDateIsPlausibleAndBeforeTheCutoff(LocalDate date, String words) {
        rows.add(values(Feature.AGE_DAYS, 12_000), true, date, 5);

        assertThat(report(rows.build()).inWords()).isEqualTo(words);
    }

    @Test
    void aFeatureThatApplicationsMayLackMayBeMissing() {
        var later = LabelledRows.builder(LaterBuild.SCHEMA);
        var values = Arrays.copyOf(values(Feature.AGE_DAYS, 12_000), LaterBuild.SCHEMA.size());
        int household = LaterBuild.SCHEMA.position(LaterBuild.HOUSEHOLD_SIZE);
        values[household] = Float.NaN;
        later.add(values, false, DAY, 1);
        values[household] = 0.5f;
        later.add(values, false, DAY, 2);

        assertThat(report(later.build()).inWords())
                .isEqualTo("Household_Size of 1 row is less than 1, expected 1 or more, index 2");
    }

    @Test
    void aReportContainsNoValue() {
        add(1, Feature.CLIENT_INCOME, -54_321);

        assertThat(report(rows.build()).toString()).doesNotContain("54321", "54,321");
    }

    @Test
    void faultyRowsUpToTheShareAreLeftOutAndCounted() {
        for (int row = 0; row < 1_000; row++) {
            add(row, Feature.AGE_DAYS, row < 10 ? -1 : 12_000);
        }
        var built = rows.build();

        var accepted = new RowCheck(0.01).accepted(built, CUTOFF);
        assertThat(accepted.rows().size()).isEqualTo(990);
        assertThat(accepted.rows().index(0)).isEqualTo(10);
        assertThat(accepted.identity()).isEqualTo(built.range(10, 1_000).identity(10));
        assertThatThrownBy(() -> new RowCheck(0.0099).accepted(built, CUTOFF))
                .isInstanceOf(RefusedRows.class)
                .hasMessage(
                        "the labelled rows before 2025-05-01 are refused: Age_Days of 10 rows is negative, expected 0"
                                + " or more, first index 0; 10 of 1,000 rows have faults, expected a share of at most 0.0099;"
                                + " correct or delete these rows and train again");
    }

    /// What is found in rows of which any may be left out.
    private static RowReport report(LabelledRows rows) {
        return new RowCheck(1).accepted(rows, CUTOFF).report();
    }

    private void add(long index, Feature feature, float value) {
        rows.add(values(feature, value), false, DAY, index);
    }

    private static float[] values(Feature feature, float value) {
        var values = new float[FeatureSchema.CONTRACT.size()];
        Arrays.fill(values, 1_000);
        values[FeatureSchema.CONTRACT.position(feature)] = value;
        return values;
    }
}
