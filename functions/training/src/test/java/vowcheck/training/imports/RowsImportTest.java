package vowcheck.training.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.imports.InMemoryRowsLoad;
import vowcheck.core.imports.LabelledRow;
import vowcheck.core.imports.LabelledRowSource;
import vowcheck.training.imports.ImportReport.Outcome;

class RowsImportTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-15T10:00:00Z"));
    private static final ImportOrder ORDER = new ImportOrder(Optional.empty(), false, Optional.empty(), 179);
    private static final String HEADER = "index,Client_Income,Credit_Amount,Loan_Annuity,Age_Days,Employed_Days,"
            + "Registration_Days,ID_Days,Phone_Change,Credit_Bureau,Education_Days,Divorce,Date";
    private static final String ROW = "0,9000,40000.5,3000,10000,365243,5000,3000,0,1,4380,1,2025-06-01";

    private final InMemoryRowsLoad load = new InMemoryRowsLoad();

    @Test
    void aCsvIsLoaded() {
        var report = imported(HEADER + "\n" + ROW + "\n" + ROW.replaceFirst("0", "1"));

        assertThat(report.outcome()).isEqualTo(Outcome.LOADED);
        assertThat(report.message()).isEqualTo("2 labelled rows are loaded");
        assertThat(load.remaining()).extracting(LabelledRow::index).containsExactly(0L, 1L);
        var row = load.remaining().getFirst();
        assertThat(row.application().value(Feature.CREDIT_AMOUNT)).isEqualTo(40000.5f);
        assertThat(row.application().value(Feature.EMPLOYED_DAYS)).isEqualTo(365243);
        assertThat(row.divorced()).isTrue();
        assertThat(row.date()).isEqualTo(LocalDate.of(2025, 6, 1));
        assertThat(row.loanId()).isEmpty();
        assertThat(row.source()).isEqualTo(LabelledRowSource.IMPORT);
        assertThat(load.isClosed()).isTrue();
    }

    @Test
    void aDryRunChecksEverythingAndLoadsNothing() {
        var order = new ImportOrder(Optional.empty(), true, Optional.empty(), 179);
        var report = imported(HEADER + "\n" + ROW, order);

        assertThat(report.outcome()).isEqualTo(Outcome.DRY_RUN);
        assertThat(report.message()).isEqualTo("1 labelled rows can be loaded; a dry run loads nothing");
        assertThat(load.remaining()).isEmpty();
        assertThat(imported(HEADER + "\n" + ROW.replace("4380", "x"), order).outcome())
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void linesOfWindowsQuotesAMarkAndOtherOrdersOfColumnsAreRead() {
        var text = "\ufeff\"Date\",source,loan_id,note," + HEADER.replace(",Date", "") + "\r\n"
                + "2025-06-01 00:00:00,synthetic,L-1,\"two\r\nlines, \"\"quoted\"\"\"," + ROW.replace(",2025-06-01", "")
                + "\r\n";
        var report = imported(text);

        assertThat(report.outcome()).isEqualTo(Outcome.LOADED);
        assertThat(report.counts()).contains(new ImportReport.Count("column not used: note", 1));
        assertThat(load.remaining()).singleElement().satisfies(row -> {
            assertThat(row.source()).isEqualTo(LabelledRowSource.SYNTHETIC);
            assertThat(row.loanId())
                    .hasValueSatisfying(loan -> assertThat(loan.value()).isEqualTo("L-1"));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9000    | -1         | column Client_Income: 0 or less, expected greater than 0",
                "9000    | 1e-60      | column Client_Income: 0 or less, expected greater than 0",
                "9000    | 1e60       | column Client_Income: not finite",
                "40000.5 | ''         | column Credit_Amount: missing",
                "3000,1  | '3.000 €,1'| column Loan_Annuity: not a number, expected a finite float32 number of 0 or more",
                "10000   | 0x10       | column Age_Days: not a number, expected a finite float32 number of 0 or more",
                "10000   | NaN        | column Age_Days: not finite, expected a finite float32 number of 0 or more",
                "365243  | -1         | column Employed_Days: negative, expected 0 or more",
                "4380    | 43 80      | column Education_Days: not a number, expected a finite float32 number of 0 or more",
                "1,2025  | 2,2025     | column Divorce: another value, expected 0 or 1",
                "1,2025  | ',2025'    | column Divorce: missing, expected 0 or 1",
                "2025-06-01 | 01.06.2025 | column Date: not a day, expected one such as 2025-05-01",
                "2025-06-01 | 2025-02-30 | column Date: not a day, expected one such as 2025-05-01",
                "2025-06-01 | 2025-06-01 12:00:00 | column Date: not a day, expected one such as 2025-05-01",
                "2025-06-01 | ''         | column Date: missing, expected one such as 2025-05-01",
                "2025-06-01 | 1970-01-01 | column Date: before 2000-01-01",
                "2025-06-01 | 2026-06-16 | 'column Date: after today, 2026-06-15'",
                "0,9000  | 'a,9000'   | column index: no whole number, expected a whole number of 64 bits",
                "0,9000  | ',9000'    | column index: missing, expected a whole number of 64 bits",
            })
    void aValueThatDoesNotFitIsNamedByLineAndColumnAndNotRepeated(String value, String wrong, String problem) {
        var faulty = ROW.replaceFirst("(?<![\\d.])" + value, wrong);
        assertThat(faulty).isNotEqualTo(ROW);
        var report = imported(HEADER + "\n" + ROW.replaceFirst("0", "5") + "\n" + faulty);

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.message()).isEqualTo("1 of 2 rows are refused; nothing was loaded");
        assertThat(report.faults()).containsExactly("line 3, " + problem);
        assertThat(load.remaining()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"loan_id,L 1", "loan_id,Müller", "source,invented"})
    void aLoanOrASourceThatIsNoneIsNamed(String column, String value) {
        var report = imported(HEADER + "," + column + "\n" + ROW + "," + value);
        assertThat(report.faults()).singleElement().asString().startsWith("line 2, column " + column + ": ");
        assertThat(report.toString()).doesNotContain(value);
    }

    @Test
    void aRowWithTooFewOrTooManyValuesIsNamed() {
        var report = imported(HEADER + "\n" + ROW + ",1\n\n0,1");
        assertThat(report.faults())
                .containsExactly("line 2: has 14 values, expected 13", "line 4: has 2 values, expected 13");
    }

    @Test
    void bytesThatAreNoTextAndZerosAreFaultsWhereTheyMatter() {
        var latin = (HEADER + ",note\n" + ROW + ",Müller\n").getBytes(ISO_8859_1);
        assertThat(imported(new ByteArrayInputStream(latin), ORDER).outcome()).isEqualTo(Outcome.LOADED);

        var report = imported(HEADER + "\n" + ROW.replace("9000", "90\000") + "\n");
        assertThat(report.faults())
                .containsExactly("line 2, column Client_Income: not a number, expected a finite float32 number"
                        + " greater than 0");
    }

    @Test
    void manyFaultsAreListedUpToALimitAndAllOfThemCounted() {
        var text = new StringBuilder(HEADER).append('\n');
        for (int row = 0; row < 1000; row++) {
            text.append(ROW.replace("9000", row % 2 == 0 ? "-1" : "x")).append('\n');
        }
        var report = imported(text.toString());

        assertThat(report.message()).isEqualTo("1,000 of 1,000 rows are refused; nothing was loaded");
        assertThat(report.faults())
                .hasSize(ImportFaults.MOST_LISTED + 3)
                .endsWith(
                        "and 980 more; all of them by kind:",
                        "500 × Client_Income: 0 or less, expected greater than 0",
                        "500 × Client_Income: not a number, expected a finite float32 number greater than 0");
    }

    @Test
    void anIndexThatExistsIsNamedAndTheOtherFaultsToo() {
        var report = imported(HEADER + "\n" + ROW + "\n" + ROW + "\n" + ROW.replace("9000", "0"));
        assertThat(report.faults())
                .containsExactly(
                        "line 3, column index: in the table already, or on an earlier line: was the file imported"
                                + " before?",
                        "line 4, column Client_Income: 0 or less, expected greater than 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "hello", "a,b,c\n1,2,3", "index;Divorce;Date\n1;2;3", "PGDMP\1\16"})
    void aFileOfNoKnownFormatIsRefused(String text) {
        var report = imported(text);
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.message()).endsWith("; nothing was loaded").doesNotContain("a,b,c");
    }

    @Test
    void missingAndRepeatedColumnsAreNamed() {
        assertThat(imported(HEADER.replace("Age_Days,", "").replace("index,", "") + "\n" + ROW)
                        .message())
                .isEqualTo("line 1: columns are missing: index, Age_Days; nothing was loaded");
        assertThat(imported(HEADER + ",Date\n" + ROW + ",2025-06-01").message())
                .isEqualTo("line 1: the column Date stands twice; nothing was loaded");
        assertThat(imported(HEADER).message()).startsWith("the file has no rows that can be loaded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"9000,1\n2,3\n", "\"90\"00,1"})
    void aQuoteThatIsNotClosedIsNamed(String value) {
        var report = imported(HEADER + "\n" + ROW + "\n1," + value + "x".repeat(2_000_000));
        assertThat(report.message())
                .isEqualTo("after line 2: a quote is not closed, or is followed by other characters than a comma;"
                        + " nothing was loaded");
    }

    @Test
    void otherEncodingsAndDamagedCompressionAreRefused() throws IOException {
        var wide = ("\ufeff" + HEADER + "\n" + ROW).getBytes(UTF_16LE);
        assertThat(imported(new ByteArrayInputStream(wide), ORDER).message())
                .isEqualTo("the file is UTF-16, expected UTF-8; nothing was loaded");

        var compressed = compressed(HEADER + "\n" + ROW);
        assertThat(imported(new ByteArrayInputStream(compressed), ORDER).outcome())
                .isEqualTo(Outcome.LOADED);
        var cut = Arrays.copyOf(compressed, compressed.length - 12);
        assertThat(imported(new ByteArrayInputStream(cut), ORDER).message())
                .isEqualTo("the compressed file is damaged or not complete; nothing was loaded");
    }

    @Test
    void aFileThatCannotBeReadToItsEndIsAFailure() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the connection broke");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("the connection broke");
            }
        };
        var report = imported(broken, ORDER);
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.message()).isEqualTo("the file could not be read to its end; nothing was loaded");
    }

    @Test
    void theFormatCanBeNamed() {
        var order = new ImportOrder(Optional.of(FileFormat.DUMP), false, Optional.empty(), 179);
        assertThat(imported(HEADER + "\n" + ROW, order).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void orderAndReportAreTheSameAfterTheirJson() {
        var order = new ImportOrder(Optional.of(FileFormat.LOANS), true, Optional.of(LocalDate.of(2023, 5, 1)), 180);
        assertThat(ImportOrder.of(JsonDocument.parse(order.json().json()))).isEqualTo(order);
        assertThat(ImportOrder.of(JsonDocument.parse(ORDER.json().json()))).isEqualTo(ORDER);
        var report = imported(HEADER + "\n" + ROW + "\n" + ROW);
        assertThat(ImportReport.of(JsonDocument.parse(report.json().json()))).isEqualTo(report);
    }

    private ImportReport imported(String text) {
        return imported(text, ORDER);
    }

    private ImportReport imported(String text, ImportOrder order) {
        return imported(new ByteArrayInputStream(text.getBytes(UTF_8)), order);
    }

    private ImportReport imported(InputStream file, ImportOrder order) {
        return new RowsImport(() -> load, FeatureSchema.CONTRACT, CLOCK).run(file, order, _ -> {});
    }

    private static byte[] compressed(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
