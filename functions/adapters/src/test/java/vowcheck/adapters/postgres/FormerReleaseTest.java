package vowcheck.adapters.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A deployment migrates before the new code serves, so the former release's code runs on the new schema for a while,
/// and for as long as a rollback takes. PostgreSQL plans each statement that the last release was seen to run, under
/// its role: that needs every table, column, type, function and right which the statement uses.
///
/// `infra-cdk/record-release` writes the statements of a release; see [TestDatabase#RECORD].
class FormerReleaseTest {

    private static final Path STATEMENTS = Path.of("src/test/resources/release/statements.sql");
    private static final Path REQUIRED = Path.of("src/test/resources/release/required-columns.txt");

    /// Columns that an INSERT must name, of the tables into which a role of the application inserts.
    private static final String REQUIRED_COLUMNS = """
            SELECT table_name || '.' || column_name
              FROM information_schema.columns
             WHERE table_schema = 'public'
               AND is_nullable = 'NO'
               AND column_default IS NULL
               AND is_identity = 'NO'
               AND is_generated = 'NEVER'
               AND EXISTS (SELECT 1
                             FROM information_schema.role_table_grants
                            WHERE role_table_grants.table_schema = columns.table_schema
                              AND role_table_grants.table_name = columns.table_name
                              AND privilege_type = 'INSERT'
                              AND grantee <> 'postgres')
             ORDER BY 1
            """;

    private static TestDatabase database;

    @BeforeAll
    static void start() throws IOException, SQLException {
        database = TestDatabase.migrated();
        if (System.getProperty("rewrite") != null) {
            record();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @Test
    void theFormerReleasesStatementsRunOnTodaysSchema() throws IOException, SQLException {
        var statements = RoleStatement.read(STATEMENTS);
        assertThat(statements).hasSizeGreaterThan(25);
        assertThat(statements)
                .extracting(RoleStatement::role)
                .contains("scoring", "training", "drift", "retention", "erasure");
        assertThat(refused(statements, "")).isEmpty();
    }

    @Test
    void theFormerReleasesInsertsNameEveryColumnThatMustBeNamed() throws IOException, SQLException {
        assertThat(required("")).isSubsetOf(Files.readAllLines(REQUIRED));
    }

    /// What a migration must not do before the release after next.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE predictions DROP COLUMN \"Age_Days\" CASCADE",
                "ALTER TABLE predictions RENAME COLUMN divorce_probability TO score",
                "ALTER TABLE scoring_requests DROP COLUMN client CASCADE",
                "REVOKE INSERT ON predictions FROM scoring",
                "REVOKE SELECT ON divorce_predictions FROM training",
                "ALTER TABLE drift_reports RENAME TO drift_checks",
                "DROP FUNCTION drop_prediction_partition",
            })
    void aSchemaThatLacksWhatTheFormerReleaseUsesIsFound(String contraction) throws IOException, SQLException {
        assertThat(refused(RoleStatement.read(STATEMENTS), contraction)).isNotEmpty();
    }

    @Test
    void aNewColumnThatMustBeNamedIsFound() throws IOException, SQLException {
        var required = required("ALTER TABLE drift_reports ADD COLUMN reader text NOT NULL");
        required.removeAll(Files.readAllLines(REQUIRED));
        assertThat(required).containsExactly("drift_reports.reader");
    }

    /// The statements that fail, with what PostgreSQL says, after a change of the schema that is taken back.
    private static List<String> refused(List<RoleStatement> statements, String change) throws SQLException {
        var refused = new ArrayList<String>();
        try (var connection = changed(change)) {
            for (var statement : statements) {
                var reason = refusal(connection, statement);
                if (reason != null) {
                    refused.add(statement + ": " + reason);
                }
            }
        }
        return refused;
    }

    private static @Nullable String refusal(Connection connection, RoleStatement statement) throws SQLException {
        var before = connection.setSavepoint();
        try (var plan = connection.createStatement()) {
            plan.setEscapeProcessing(false);
            plan.execute("SET LOCAL ROLE " + statement.role());
            plan.execute("EXPLAIN (GENERIC_PLAN) " + statement.sql());
            return null;
        } catch (SQLException e) {
            return e.getMessage();
        } finally {
            connection.rollback(before);
        }
    }

    private static List<String> required(String change) throws SQLException {
        var columns = new ArrayList<String>();
        try (var connection = changed(change);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(REQUIRED_COLUMNS)) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    /// A transaction of the owner, which nobody commits. Only the simple protocol plans a statement whose parameters
    /// have no value.
    private static Connection changed(String change) throws SQLException {
        var connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/postgres?preferQueryMode=simple&user=postgres"
                        .formatted(database.address().port()));
        connection.setAutoCommit(false);
        if (!change.isEmpty()) {
            try (var statement = connection.createStatement()) {
                statement.execute(change);
            }
        }
        return connection;
    }

    /// Tests also send statements that must be refused.
    private static void record() throws IOException, SQLException {
        var recorded =
                new ArrayList<>(new TreeSet<>(RoleStatement.read(Path.of(System.getProperty(TestDatabase.RECORD)))));
        try (var connection = changed("")) {
            var iterator = recorded.iterator();
            while (iterator.hasNext()) {
                if (refusal(connection, iterator.next()) != null) {
                    iterator.remove();
                }
            }
        }
        RoleStatement.write(STATEMENTS, recorded, CREATE, TRUNCATE_EXISTING);
        Files.write(REQUIRED, required(""));
    }
}
