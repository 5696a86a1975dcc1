package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.training.LabelledRowsUnavailable;
import vowcheck.core.training.RefusedRows;
import vowcheck.core.training.RowCheck;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresLabelledRowsTest {

    private TestDatabase database;

    @BeforeAll
    void fill() throws IOException, SQLException {
        database = TestDatabase.migrated();
        // 25,000 rows, more than one buffer; index falls while the date rises, ten rows a day.
        database.execute("""
                INSERT INTO divorce_predictions
                SELECT 25000 - row, row, 2, 3, 4, 365243, 6, 7, 0, 9.5, 5840, (row % 5 = 0)::int, DATE '2020-01-01' + row / 10
                FROM generate_series(0, 24999) AS drawn (row)
                """);
    }

    @AfterAll
    void stop() throws IOException {
        database.close();
    }

    @Test
    void rowsBeforeTheCutoffComeByDateThenIndex() {
        var rows = rows().before(LocalDate.of(2020, 1, 3));
        assertThat(IntStream.range(0, rows.size()).mapToLong(rows::index))
                .startsWith(24_991L, 24_992L)
                .endsWith(24_989L, 24_990L)
                .hasSize(20);
        assertThat(rows.date(0)).isEqualTo(LocalDate.of(2020, 1, 1));
        assertThat(rows.date(19)).isEqualTo(LocalDate.of(2020, 1, 2));
        assertThat(rows.positives()).isEqualTo(4);
    }

    @Test
    void everyRowIsReadUnchanged() {
        var rows = rows().before(LocalDate.of(2100, 1, 1));
        assertThat(rows.size()).isEqualTo(25_000);
        assertThat(rows.values(0)).containsExactly(9, 2, 3, 4, 365_243, 6, 7, 0, 9.5f, 5_840);
        assertThat(rows.value(24_999, Feature.CLIENT_INCOME)).isEqualTo(24_990);
    }

    @Test
    void aCutoffBeforeAnyDataGivesNoRows() {
        assertThat(rows().before(LocalDate.of(1990, 1, 1)).size()).isZero();
    }

    @Test
    void aDateAtMinusInfinityIsReadAndRefused() throws SQLException {
        database.execute("""
                INSERT INTO divorce_predictions VALUES (-1, 1, 2, 3, 4, 5, 6, 7, 0, 9, 5840, 0, '-infinity')
                """);
        try {
            var cutoff = LocalDate.of(2020, 1, 3);
            assertThatThrownBy(() -> new RowCheck(0).accepted(rows().before(cutoff), cutoff))
                    .isInstanceOf(RefusedRows.class)
                    .hasMessageContaining("Date of 1 row is before 2000-01-01, index -1");
        } finally {
            database.execute("DELETE FROM divorce_predictions WHERE \"index\" = -1");
        }
    }

    @Test
    void valuesThatAreNoNumbersAreReadAndRefused() throws SQLException {
        database.execute("""
                INSERT INTO divorce_predictions VALUES
                    (-2, 'NaN', 2, 3, 4, 5, 6, 7, 0, 9, 5840, 0, '2020-01-01'),
                    (-1, 1, '-Infinity', 3, 4, 5, 6, 7, 0, 9, 5840, 0, '2020-01-01')
                """);
        try {
            var cutoff = LocalDate.of(2020, 1, 3);
            assertThatThrownBy(() -> new RowCheck(0).accepted(rows().before(cutoff), cutoff))
                    .isInstanceOf(RefusedRows.class)
                    .hasMessageContaining("Client_Income of 1 row is missing, index -2")
                    .hasMessageContaining("Credit_Amount of 1 row is not finite, index -1");
        } finally {
            database.execute("DELETE FROM divorce_predictions WHERE \"index\" < 0");
        }
    }

    @Test
    void theOriginSaysHowManyRowsAreSyntheticAndTheCommentDescribesThem() throws SQLException {
        assertThat(rows().origin()).isEqualTo("table divorce_predictions");
        database.execute(
                "COMMENT ON TABLE divorce_predictions IS 'one row is one labelled applicant; synthetic, seed 42'");
        try {
            assertThat(rows().origin()).isEqualTo("table divorce_predictions");
            database.execute("UPDATE divorce_predictions SET source = 'synthetic' WHERE \"index\" = 7");
            assertThat(rows().origin()).isEqualTo("table divorce_predictions, 1 of its 25,000 rows synthetic");
            database.execute("UPDATE divorce_predictions SET source = 'synthetic'");
            assertThat(rows().origin()).isEqualTo("synthetic, seed 42");
            database.execute("COMMENT ON TABLE divorce_predictions IS NULL");
            assertThat(rows().origin()).isEqualTo("synthetic rows");
        } finally {
            database.execute("UPDATE divorce_predictions SET source = 'dump'");
            database.execute("COMMENT ON TABLE divorce_predictions IS 'one row is one labelled applicant'");
        }
    }

    @Test
    void aDatabaseThatIsLostIsNamed() throws IOException, SQLException {
        var other = TestDatabase.migrated();
        var rows = new PostgresLabelledRows(
                () -> other.address().connections(TestDatabase.login("training"), Duration.ofSeconds(5)),
                FeatureSchema.CONTRACT);
        other.close();
        assertThatThrownBy(() -> rows.before(LocalDate.of(2100, 1, 1)))
                .isInstanceOf(LabelledRowsUnavailable.class)
                .hasMessage("PostgreSQL did not give the labelled rows, SQL state 08001");
    }

    @Test
    void aReadThatTheServerEndsIsNamed() {
        var hurried = new PostgresLabelledRows(
                () -> database.address().connections(TestDatabase.login("training"), Duration.ofMillis(2)),
                FeatureSchema.CONTRACT);
        assertThatThrownBy(() -> hurried.before(LocalDate.of(2100, 1, 1)))
                .isInstanceOf(LabelledRowsUnavailable.class)
                .hasMessage("PostgreSQL did not give the labelled rows, SQL state 57014");
    }

    @Test
    void aWrongPasswordIsNamedWithoutIt() {
        var rows = new PostgresLabelledRows(
                () -> database.address().connections(new DatabaseLogin("training", "secret"), Duration.ofSeconds(5)),
                FeatureSchema.CONTRACT);
        assertThatThrownBy(() -> rows.before(LocalDate.of(2100, 1, 1)))
                .isInstanceOf(LabelledRowsUnavailable.class)
                .hasMessage("PostgreSQL did not give the labelled rows, SQL state 28P01");
    }

    private PostgresLabelledRows rows() {
        return new PostgresLabelledRows(
                () -> database.address().connections(TestDatabase.login("training"), Duration.ofSeconds(5)),
                FeatureSchema.CONTRACT);
    }
}
