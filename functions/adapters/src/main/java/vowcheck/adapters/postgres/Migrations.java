package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;

/// Brings the database to the schema that this code needs, and its roles to the passwords that the secrets
/// hold.
public final class Migrations {

    /// A migration may rewrite a table; a little less than its function has.
    private static final Duration LIMIT = Duration.ofMinutes(9);

    private final DatabaseAddress address;
    private final DatabaseLogin owner;

    public Migrations(DatabaseAddress address, DatabaseLogin owner) {
        this.address = address;
        this.owner = owner;
    }

    /// Runs the migrations that are missing, each in a transaction, sets each role's password, and makes the
    /// database `mlflow` where it is missing. Harmless when repeated. Returns what was done.
    public Outcome run(List<DatabaseLogin> roles) throws SQLException {
        var source = address.connections(owner, LIMIT);
        var result = Flyway.configure()
                .dataSource(source)
                .locations("classpath:initdb")
                .failOnMissingLocations(true)
                .load()
                .migrate();
        try (var connection = source.getConnection()) {
            var postgres = connection.unwrap(PGConnection.class);
            for (var role : roles) {
                // Hashes on this side: the password itself never travels in a statement.
                postgres.alterUserPassword(role.username(), role.password().toCharArray(), "scram-sha-256");
            }
            createMlflowDatabase(connection);
        }
        var version = result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
        return new Outcome(result.migrationsExecuted, String.valueOf(version));
    }

    /// MLflow's own database; a statement that creates one cannot be part of a migration's transaction.
    private static void createMlflowDatabase(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("SELECT FROM pg_database WHERE datname = 'mlflow'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE mlflow OWNER mlflow");
            statement.execute("REVOKE ALL ON DATABASE mlflow FROM PUBLIC");
        }
    }

    /// How many migrations ran, and the version that the schema now has.
    public record Outcome(int migrationsExecuted, String schemaVersion) {}
}
