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

        assertThat(outcome).isEqualTo(new Migrations.Outcome(0, "9"));
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
        "scoring, UPDATE prediction_logs SET divorce_probability = 0",
        "scoring, DELETE FROM prediction_logs",
        "training, SELECT * FROM prediction_logs",
        "training, SELECT request_id FROM prediction_logs",
        "training, SELECT divorce_probability FROM prediction_logs",
        "training, SELECT features FROM prediction_logs",
        "training, SELECT api_key_id FROM prediction_logs",
        "training, DELETE FROM divorce_predictions",
        "drift, DELETE FROM prediction_logs",
        "drift, CREATE TABLE mine (a INT)",
        "drift, DELETE FROM drift_reports",
        "training, SELECT * FROM drift_reports",
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
                        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                          AND relname <> 'flyway_schema_history'
                          AND coalesce(obj_description(oid), '') NOT LIKE 'one row is one %'
                        """)).isEqualTo("0");
    }
}
