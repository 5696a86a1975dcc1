package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Brings the database to the schema that this code needs, and its roles to the passwords that the secrets
/// hold or, on RDS, to tokens of IAM.
public final class Migrations {

    /// A migration may rewrite a table; a little less than its function has.
    private static final Duration LIMIT = Duration.ofMinutes(9);

    /// Invalid authorization specification, which a wrong password is one of.
    private static final String REFUSED_LOGIN = "28";

    private final DatabaseAddress address;
    private final List<DatabaseLogin> owner;
    private final Set<String> rolesByToken;

    /// Roles and their owner log in by password.
    public Migrations(DatabaseAddress address, DatabaseLogin owner) {
        this(address, List.of(owner), Set.of());
    }

    /// @param owner the owner's possible logins, in the order in which they are tried. Whoever made a role is a
    ///     member of it since PostgreSQL 16, so what RDS demands of the members of `rds_iam`, a token, it demands
    ///     of the owner too as soon as one role has it; not yet at the first migration
    /// @param rolesByToken names of the roles that log in by a token of IAM, which RDS then demands of them
    public Migrations(DatabaseAddress address, List<DatabaseLogin> owner, Set<String> rolesByToken) {
        this.address = address;
        this.owner = List.copyOf(owner);
        this.rolesByToken = Set.copyOf(rolesByToken);
    }

    /// Runs the migrations that are missing, each in a transaction, sets each role's password, and makes the
    /// database `mlflow` where it is missing. Harmless when repeated. Returns what was done.
    public Outcome run(List<DatabaseLogin> roles) throws SQLException {
        var source = owned();
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
            demandTokens(connection);
        }
        var version = result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
        return new Outcome(result.migrationsExecuted, String.valueOf(version));
    }

    private DataSource owned() throws SQLException {
        for (var login : owner.subList(0, owner.size() - 1)) {
            var source = address.connections(login, LIMIT);
            try (var _ = source.getConnection()) {
                return source;
            } catch (SQLException e) {
                @Nullable String state = e.getSQLState();
                if (state == null || !state.startsWith(REFUSED_LOGIN)) {
                    throw e;
                }
            }
        }
        return address.connections(owner.getLast(), LIMIT);
    }

    /// The role `rds_iam` is RDS's own: elsewhere there is none, and nothing to do.
    private void demandTokens(Connection connection) throws SQLException {
        var postgres = connection.unwrap(PGConnection.class);
        try (var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("SELECT FROM pg_roles WHERE rolname = 'rds_iam'")) {
                if (!found.next()) {
                    return;
                }
            }
            for (var role : rolesByToken) {
                var name = postgres.escapeIdentifier(role);
                statement.execute("GRANT rds_iam TO " + name);
            }
        }
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
