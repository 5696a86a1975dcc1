package vowcheck.training.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.imports.InMemoryRowsLoad;
import vowcheck.core.imports.LabelledRow;
import vowcheck.training.imports.ImportReport.Count;
import vowcheck.training.imports.ImportReport.Outcome;

/// The rows are invented; columns and words are those of the auto-loan data.
class AutoLoanRowsTest {

    private static final String HEADER = "ID,Client_Income,Car_Owned,Credit_Amount,Loan_Annuity,Client_Education,"
            + "Age_Days,Employed_Days,Registration_Days,ID_Days,Client_Occupation,Phone_Change,Credit_Bureau,Default\n";

    private static final String ROWS = HEADER + """
            12142509,6750,0,61190.55,3416.85,Secondary,13957,1062,6123,383,Sales,63,,0
            12138936,20250,1,15282,1826.55,Graduation,14162,4129,7833,21,,0,0,1
            12181264,18000,0,59527.35,2788.2,Graduation dropout,16790,5102,4493,331,,277,0,0
            12188929,15750,0,53870.4,2295.45,Junior secondary,10999,365243,4493,775,,1700,3,0
            12133385,$,0,133988.4,3547.35,Secondary,20348,365243,1824,4041,,674,0,0
            12191421,11250,1,13752,653.85,Post Grad,x,10444,2070,9,Laborers,739,0,0
            12171888,9000,1,128835,3779.55,A bootcamp,24177,365243,2,1,,0,0,1
            12149022,,,,,,,,,,,,,
            """;

    private final InMemoryRowsLoad load = new InMemoryRowsLoad();

    @Test
    void rowsArePreparedAndDatedInTheirOrder() {
        var report = imported(ROWS, Optional.of(LocalDate.of(2023, 5, 1)), 2);

        assertThat(report.message()).isEqualTo("3 labelled rows are loaded");
        assertThat(load.remaining())
                .extracting(
                        LabelledRow::index,
                        row -> row.application().value(Feature.EDUCATION_DAYS),
                        row -> row.application().value(Feature.AGE_DAYS),
                        LabelledRow::divorced,
                        row -> row.date().toString())
                .containsExactly(
                        tuple(12138936L, 5840f, 10512f, true, "2023-05-01"),
                        tuple(12181264L, 5110f, 13140f, false, "2023-05-01"),
                        tuple(12188929L, 3285f, 10999f, false, "2023-05-02"));
    }

    @Test
    void eachStepIsCounted() {
        assertThat(imported(ROWS, Optional.of(LocalDate.of(2023, 5, 1)), 2).counts())
                .containsExactly(
                        new Count("rows of the auto-loan data", 8),
                        new Count("values that are no numbers, taken for gaps", 2),
                        new Count("rows with a gap in Client_Income", 2),
                        new Count("rows with a gap in Credit_Amount", 1),
                        new Count("rows with a gap in Loan_Annuity", 1),
                        new Count("rows with a gap in Age_Days", 2),
                        new Count("rows with a gap in Employed_Days", 1),
                        new Count("rows with a gap in Registration_Days", 1),
                        new Count("rows with a gap in ID_Days", 1),
                        new Count("rows with a gap in Phone_Change", 1),
                        new Count("rows with a gap in Credit_Bureau", 2),
                        new Count("rows with a gap in Client_Education", 2),
                        new Count("rows with a gap in Default", 1),
                        new Count("rows dropped because of gaps", 5),
                        new Count("rows whose education became days", 3),
                        new Count("ages above 11,000 days, reduced by 3,650", 2),
                        new Count("rows without an employment on record, kept", 1),
                        new Count("rows with Default 1, now Divorce 1", 1),
                        new Count("days from 2023-05-01 on that the rows are dated", 2),
                        new Count("rows checked", 3),
                        new Count("rows with faults", 0));
    }

    @Test
    void theFirstDayMustBeGiven() {
        var report = imported(ROWS, Optional.empty(), 2);
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.message())
                .isEqualTo("the auto-loan data have no dates: give the day of the first rows (--first-day); nothing was"
                        + " loaded");
    }

    @Test
    void whatStaysOutOfBoundsAfterThePreparationIsRefused() {
        var report = imported(
                HEADER + "1,-6750,0,61190,3416,Secondary,13957,1062,6123,383,Sales,63,1,0\n"
                        + "2,6750,0,61190,3416,Secondary,13957,1062,6123,383,Sales,63,1,2\n",
                Optional.of(LocalDate.of(2026, 6, 15)),
                1);
        assertThat(report.faults())
                .containsExactly(
                        "line 2, column Client_Income: 0 or less, expected greater than 0",
                        "line 3, column Divorce: another value, expected 0 or 1",
                        "line 3, column Date: after today, 2026-06-15");
    }

    @Test
    void missingColumnsAreNamed() {
        assertThat(imported(HEADER.replace("ID,", "").replace("Phone_Change,", "") + "1", Optional.of(LocalDate.MIN), 1)
                        .message())
                .isEqualTo("line 1: columns are missing: ID, Phone_Change; nothing was loaded");
    }

    private ImportReport imported(String text, Optional<LocalDate> firstDay, int rowsADay) {
        return new RowsImport(
                        () -> load, FeatureSchema.CONTRACT, InstantSource.fixed(Instant.parse("2026-06-15T10:00:00Z")))
                .run(
                        new ByteArrayInputStream(text.getBytes(UTF_8)),
                        new ImportOrder(Optional.empty(), false, firstDay, rowsADay),
                        _ -> {});
    }
}
