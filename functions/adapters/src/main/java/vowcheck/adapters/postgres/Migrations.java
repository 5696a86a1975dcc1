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

/// Migrates the database to the schema that this code needs, and sets its roles' passwords to those of the secrets
/// or, on RDS, their logins to tokens of IAM.
public final class Migrations {

    /// A migration may rewrite a table. A little less than the function's timeout.
    private static final Duration LIMIT = Duration.ofMinutes(9);

    /// The class of SQL states for an invalid authorization, such as a wrong password.
    private static final String REFUSED_LOGIN = "28";

    private final DatabaseAddress address;
    private final List<DatabaseLogin> owner;
    private final Set<String> rolesByToken;

    /// For roles and an owner that log in by password.
    public Migrations(DatabaseAddress address, DatabaseLogin owner) {
        this(address, List.of(owner), Set.of());
    }

    /// @param owner the owner's possible logins, in the order in which they are tried. Since PostgreSQL 16 the
    ///     creator of a role is a member of it. RDS requires a token from all members of `rds_iam`, so from the
    ///     owner, too, as soon as one of its roles is a member; at the first migration none is
    /// @param rolesByToken names of the roles that log in by a token of IAM; RDS then requires it
    public Migrations(DatabaseAddress address, List<DatabaseLogin> owner, Set<String> rolesByToken) {
        this.address = address;
        this.owner = List.copyOf(owner);
        this.rolesByToken = Set.copyOf(rolesByToken);
    }

    /// Runs the pending migrations, each in a transaction, sets each role's password, and creates the database
    /// `mlflow` if it does not exist. Idempotent.
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
                // Hashed here: the password itself is never part of a statement.
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

    /// Does nothing on other servers than RDS, which do not have the role `rds_iam`.
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

    /// Creates MLflow's database here, since a migration's transaction cannot create one.
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

    /// The number of migrations that ran, and the version of the schema now.
    public record Outcome(int migrationsExecuted, String schemaVersion) {}
}
