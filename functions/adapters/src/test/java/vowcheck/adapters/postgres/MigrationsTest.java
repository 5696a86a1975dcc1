package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.scoring.RequestId;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationsTest {

    private TestDatabase database;

    @BeforeAll
    void migrate() throws Exception {
        database = TestDatabase.migrated();
    }

    @AfterAll
    void stop() throws Exception {
        database.close();
    }

    @Test
    void migratingAgainChangesNothing() throws SQLException {
        var outcome = database.migrations().run(List.of(TestDatabase.login("scoring")));

        assertThat(outcome).isEqualTo(new Migrations.Outcome(0, String.valueOf(SchemaVersion.NEEDED)));
    }

    @Test
    void rowsOfBeforeClientsHadNamesBelongToTheClerks() throws Exception {
        try (var former = TestDatabase.empty()) {
            former.migrateTo("9");
            former.execute("""
                    INSERT INTO prediction_logs
                        (request_id, instance, "timestamp", model_version, divorce_probability, features, endpoint,
                         api_key_id, "Client_Income", "Credit_Amount", "Loan_Annuity", "Age_Days", "Employed_Days",
                         "Registration_Days", "ID_Days", "Phone_Change", "Credit_Bureau", "Education_Days")
                    SELECT request_id, instance, '2025-06-01', '7', 0.25, '{}', 'batch', api_key_id,
                           1, 1, 1, 1, 1, 1, 1, 1, 1, 1
                    FROM (VALUES ('first', 0, 'a1b2c3d4e5'), ('first', 1, 'a1b2c3d4e5'), ('second', 0, 'f6g7h8i9j0'),
                                 ('third', 0, 'unknown')) AS former (request_id, instance, api_key_id)
                    """);

            former.migrations().run(List.of(TestDatabase.login("scoring")));

            assertThat(former.ask("""
                    SELECT string_agg(concat_ws(' ', request_id, instance, client), ', ' ORDER BY id)
                    FROM prediction_logs
                    """)).isEqualTo("first 0 clerks, first 1 clerks, second 0 clerks, third 0 unknown");
            try (var scoring = former.as("scoring")) {
                var log = new PostgresPredictionLog(scoring, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
                assertThat(log.find(ClientName.CLERKS, new RequestId("first"), 0, 9))
                        .hasValueSatisfying(found -> assertThat(found.count()).isEqualTo(2));
                assertThat(log.clients(new RequestId("third"))).containsExactly(ClientName.UNKNOWN);
            }
        }
    }

    /// `pg_dump` names the columns, with `--inserts` it does not.
    @Test
    void theDumpOfAnExistingInstallationLoads() throws SQLException {
        database.execute("""
                INSERT INTO divorce_predictions VALUES (-1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 5840, 0, '2025-01-01')
                """);
        database.execute("""
                INSERT INTO divorce_predictions
                    ("index", "Client_Income", "Credit_Amount", "Loan_Annuity", "Age_Days", "Employed_Days",
                     "Registration_Days", "ID_Days", "Phone_Change", "Credit_Bureau", "Education_Days", "Divorce", "Date")
                VALUES (-2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 5840, 1, '2025-01-01')
                """);

        assertThat(database.ask("""
                SELECT string_agg(concat_ws(' ', "index", source, loan_id), ', ' ORDER BY "index" DESC)
                FROM divorce_predictions WHERE "index" IN (-1, -2)
                """)).isEqualTo("-1 dump, -2 dump");
    }

    @ParameterizedTest
    @CsvSource({"'; synthetic population, seed 42, 1 rows', synthetic", "'', dump"})
    void labelledRowsOfBeforeTheySaidWhereTheyComeFrom(String origin, String source) throws Exception {
        try (var former = TestDatabase.empty()) {
            former.migrateTo("11");
            former.execute("""
                    INSERT INTO divorce_predictions VALUES (1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 5840, 0, '2025-01-01')
                    """);
            former.execute(
                    "COMMENT ON TABLE divorce_predictions IS 'one row is one labelled applicant%s'".formatted(origin));

            former.migrations().run(List.of(TestDatabase.login("training")));
            former.execute("""
                    INSERT INTO divorce_predictions VALUES (2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 5840, 0, '2025-01-01')
                    """);

            assertThat(former.ask("SELECT string_agg(source::TEXT, ' ' ORDER BY \"index\") FROM divorce_predictions"))
                    .isEqualTo(source + " dump");
        }
    }

    @Test
    void aLabelledRowMayNameItsLoan() throws SQLException {
        var row = "INSERT INTO divorce_predictions VALUES"
                + " (%d, 1, 2, 3, 4, 5, 6, 7, 8, 9, 5840, 0, '2025-01-01', '%s', 'outcome')";
        database.execute(row.formatted(-3, "x".repeat(64)));

        assertThatThrownBy(() -> database.execute(row.formatted(-4, "x".repeat(65))))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
    }

    @Test
    void aRoleLogsInWithItsNewPasswordOnly() throws SQLException {
        database.migrations().run(List.of(new DatabaseLogin("drift", "another")));

        assertThatThrownBy(() -> database.connect("drift")).isInstanceOf(SQLException.class);

        database.migrations().run(List.of(TestDatabase.login("drift")));
        try (var connection = database.connect("drift")) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "scoring, SELECT * FROM divorce_predictions",
        "scoring, UPDATE predictions SET divorce_probability = 0",
        "scoring, DELETE FROM predictions",
        "scoring, DELETE FROM predictions_default",
        "scoring, UPDATE scoring_requests SET client = 'clerks'",
        "scoring, DELETE FROM scoring_requests",
        "training, SELECT * FROM prediction_logs",
        "training, SELECT request_id FROM scoring_requests",
        "training, SELECT client FROM scoring_requests",
        "training, SELECT divorce_probability FROM predictions",
        "training, SELECT loan_id FROM predictions",
        "training, SELECT version FROM flyway_schema_history",
        "scoring, SELECT installed_by FROM flyway_schema_history",
        "scoring, DELETE FROM flyway_schema_history",
        "training, DELETE FROM divorce_predictions",
        "training, SELECT loan_id FROM divorce_predictions",
        "drift, SELECT count(*) FROM divorce_predictions",
        "drift, SELECT loan_id FROM predictions",
        "drift, SELECT divorce_probability FROM predictions",
        "drift, SELECT client FROM scoring_requests",
        "drift, SELECT * FROM prediction_logs",
        "drift, DELETE FROM predictions",
        "drift, INSERT INTO scoring_requests DEFAULT VALUES",
        "drift, CREATE TABLE mine (a INT)",
        "drift, DELETE FROM drift_reports",
        "training, SELECT * FROM drift_reports",
        "audit, DELETE FROM predictions",
        "audit, SELECT * FROM divorce_predictions",
        "audit, DELETE FROM prediction_exports",
        "audit, UPDATE prediction_exports SET requested_by = 'nobody'",
        "audit, SELECT requested_by FROM prediction_exports",
        "scoring, SELECT * FROM prediction_exports",
        "retention, SELECT * FROM prediction_logs",
        "retention, SELECT * FROM predictions_default",
        "retention, DELETE FROM scoring_requests",
        "retention, SELECT prediction_partition_name(CURRENT_DATE)",
        "retention, CREATE TEMPORARY TABLE predictions_default (a INT)",
        "scoring, SELECT make_prediction_partition(CURRENT_DATE)",
        "scoring, 'SELECT drop_prediction_partition(''2020-01-01'', 6)'",
        "drift, SELECT delete_requests_without_rows(1)",
    })
    void aRoleHasOnlyThePrivilegesThatItNeeds(String role, String sql) {
        assertThatThrownBy(() -> {
                    try (var connection = database.connect(role);
                            var statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void mlflowOwnsItsDatabaseAndCannotConnectToOthers() throws SQLException {
        assertThat(database.ask("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'mlflow'"))
                .isEqualTo("mlflow");
        assertThatThrownBy(() -> database.connect("mlflow")).isInstanceOf(SQLException.class);
        assertThat(database.ask("SELECT has_database_privilege('scoring', 'mlflow', 'CONNECT')"))
                .isEqualTo("f");
    }

    @Test
    void everyTableSaysWhatARowIs() throws SQLException {
        assertThat(database.ask("""
                        SELECT count(*) FROM pg_class
                        WHERE relkind IN ('r', 'p', 'v') AND NOT relispartition AND relnamespace = 'public'::regnamespace
                          AND relname <> 'flyway_schema_history'
                          AND coalesce(obj_description(oid), '') NOT LIKE 'one row is one %'
                        """)).isEqualTo("0");
    }

    /// Otherwise a view would show what its owner may read. CREATE OR REPLACE VIEW forgets the option.
    @Test
    void aViewShowsNobodyMoreThanItsTablesDo() throws SQLException {
        assertThat(database.ask("""
                        SELECT string_agg(concat_ws(' ', relname, reloptions), ', ') FROM pg_class
                        WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace
                        """)).isEqualTo("prediction_logs {security_invoker=true}");
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT count(*) FROM divorce_predictions, true",
        "SELECT count(*) FROM prediction_logs, true",
        "SELECT count(*) FROM erasures, true",
        "SELECT count(*) FROM erasure_tombstones, false",
        "DELETE FROM divorce_predictions, false",
        "UPDATE predictions SET loan_id = NULL, false",
        "CREATE TABLE public.a (b INTEGER), false",
    })
    void peopleReadAndChangeNothing(String sql, boolean allowed) throws SQLException {
        try (var connection = database.asOwner();
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE reader");
            if (allowed) {
                statement.execute(sql);
            } else {
                assertThatThrownBy(() -> statement.execute(sql))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            }
        }
    }
}
