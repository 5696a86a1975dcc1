package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.readiness.NotReady;
import vowcheck.core.readiness.ReadinessFinding;
import vowcheck.core.readiness.ReadinessProbe;

/// Opens a connection of its own as the role that stores predictions, asks whether that role could store and read
/// them, and closes the connection. The circuit breaker of the log and its connection are not involved. It writes
/// nothing.
public final class PostgresReadiness implements ReadinessProbe {

    /// For opening the connection, and for the statement.
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final String QUESTION = """
            SELECT
                current_setting('transaction_read_only')::BOOLEAN AS read_only,
                has_table_privilege('scoring_requests', 'INSERT')
                    AND has_table_privilege('predictions', 'INSERT') AS may_insert,
                has_table_privilege('scoring_requests', 'SELECT')
                    AND has_table_privilege('predictions', 'SELECT') AS may_select,
                (SELECT max(version::INTEGER) FROM flyway_schema_history WHERE success) AS schema_version
            """;

    private final DatabaseAddress address;
    private final Supplier<DatabaseLogin> login;
    private final int neededVersion;

    /// @param login of the role that stores predictions
    /// @param neededVersion the oldest schema with which this build works
    public PostgresReadiness(DatabaseAddress address, Supplier<DatabaseLogin> login, int neededVersion) {
        this.address = address;
        this.login = login;
        this.neededVersion = neededVersion;
    }

    @Override
    public ReadinessFinding look() {
        try (var database = new Database(address, login, LIMIT)) {
            return database.run(this::look);
        } catch (SQLException e) {
            throw new NotReady(reason(e), e);
        } catch (SecretUnavailable e) {
            throw new NotReady("cannot be asked: the password of its role cannot be read", e);
        }
    }

    private ReadinessFinding look(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(QUESTION)) {
            row.next();
            if (row.getBoolean("read_only")) {
                throw new NotReady("accepts no writes");
            }
            if (!row.getBoolean("may_insert")) {
                throw new NotReady("does not let its role store predictions");
            }
            if (!row.getBoolean("may_select")) { // needed to store them, too: a repeated request is looked up
                throw new NotReady("does not let its role read predictions");
            }
            int version = row.getInt("schema_version");
            if (version < neededVersion) {
                throw new NotReady("has the schema of migration %d, expected %d or a later one: run the migrations"
                        .formatted(version, neededVersion));
            }
            return new ReadinessFinding.WritableDatabase(version);
        }
    }

    /// Classes of https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static String reason(SQLException e) {
        var state = Objects.requireNonNullElse(e.getSQLState(), "none");
        return Database.isTimeout(e)
                ? "does not answer within %d seconds".formatted(LIMIT.toSeconds())
                : state.startsWith("28")
                        ? "refuses the login of its role (SQL state %s)".formatted(state)
                        : state.startsWith("42")
                                ? "cannot be asked (SQL state %s): run the migrations".formatted(state)
                                : "does not answer (SQL state %s)".formatted(state);
    }
}
