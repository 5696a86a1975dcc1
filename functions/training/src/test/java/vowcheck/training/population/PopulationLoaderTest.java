package vowcheck.training.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.postgres.TestDatabase;

class PopulationLoaderTest {

    private static TestDatabase database;

    @BeforeAll
    static void start() throws IOException, SQLException {
        database = TestDatabase.migrated();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @BeforeEach
    void emptyTheTable() throws SQLException {
        database.execute("TRUNCATE divorce_predictions");
        database.execute("COMMENT ON TABLE divorce_predictions IS 'one row is one labelled applicant'");
    }

    @Test
    void everyRowIsLoadedAsItWasDrawn() throws SQLException, IOException {
        assertThat(load(_ -> {})).isEqualTo(new PopulationLoad.Loaded(213_990, "synthetic population, seed 42"));
        var rows = SyntheticPopulation.rows(42);
        var last = rows.values(rows.size() - 1);
        assertThat(database.ask("SELECT count(*) || ' ' || sum(\"Divorce\") FROM divorce_predictions"))
                .isEqualTo("213990 " + rows.positives());
        assertThat(database.ask("""
                SELECT "Client_Income" || ' ' || "Age_Days" || ' ' || "Education_Days" || ' ' || "Date"
                FROM divorce_predictions WHERE "index" = 213989"""))
                .isEqualTo("%.0f %.0f %.0f %s".formatted(last[0], last[3], last[9], rows.date(rows.size() - 1)));
    }

    @Test
    void theTableAndEachRowSayThatTheyAreSynthetic() throws SQLException, IOException {
        load(_ -> {});
        assertThat(database.ask("SELECT obj_description('divorce_predictions'::regclass)"))
                .isEqualTo("one row is one labelled applicant; synthetic population, seed 42, 213990 rows");
        assertThat(database.ask("SELECT string_agg(DISTINCT source::TEXT, ' ') FROM divorce_predictions"))
                .isEqualTo("synthetic");
    }

    @Test
    void thePlannerKnowsTheTableAfterwards() throws SQLException, IOException {
        load(_ -> {});
        assertThat(database.ask("SELECT reltuples::bigint FROM pg_class WHERE relname = 'divorce_predictions'"))
                .isEqualTo("213990");
    }

    @Test
    void progressRisesToTheLastRow() throws SQLException, IOException {
        var heard = new ArrayList<Long>();
        load(heard::add);
        assertThat(heard).isSorted().startsWith(10_000L).endsWith(213_990L).hasSize(22);
    }

    @Test
    void aTableThatHoldsRowsIsLeftAlone() throws SQLException, IOException {
        database.execute("INSERT INTO divorce_predictions VALUES (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, '2025-01-01')");
        var result = load(_ -> {});
        assertThat(result).isEqualTo(new PopulationLoad.AlreadyFilled());
        assertThat(result.summary()).contains("nothing was loaded");
        assertThat(database.ask("SELECT count(*) FROM divorce_predictions")).isEqualTo("1");
        assertThat(database.ask("SELECT obj_description('divorce_predictions'::regclass)"))
                .doesNotContain("synthetic");
    }

    @Test
    void aFailureMidwayLeavesNoRow() throws SQLException {
        assertThatThrownBy(() -> load(rows -> {
                    if (rows == 100_000) {
                        throw new IllegalStateException("no more");
                    }
                }))
                .hasMessage("no more");
        assertThat(List.of(database.ask("SELECT count(*) FROM divorce_predictions")))
                .containsExactly("0");
    }

    private static PopulationLoad load(LongConsumer progress) throws SQLException, IOException {
        try (var connection = database.asOwner()) {
            connection.setNetworkTimeout(Runnable::run, 60_000);
            return new PopulationLoader(connection, progress).load(42);
        }
    }
}
