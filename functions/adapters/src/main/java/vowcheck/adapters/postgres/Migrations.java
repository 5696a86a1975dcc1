package vowcheck.adapters.postgres;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import vowcheck.core.retention.Retention;

/// Migrates the database to the schema that this code needs, and sets its roles' passwords to those of the secrets
/// or, on RDS, their logins to tokens of IAM.
///
/// While a migration waits for a table's lock behind a long query, all later statements on that table queue up behind
/// the migration. So it waits for a few seconds only, lets them pass, and tries again.
public final class Migrations {

    /// A migration may rewrite a table. A little less than the function's timeout.
    private static final Duration LIMIT = Duration.ofMinutes(9);

    /// The class of SQL states for an invalid authorization, such as a wrong password.
    private static final String REFUSED_LOGIN = "28";

    private static final String COMING_PARTITIONS = """
            SELECT make_prediction_partition(
                (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead))::date)
            FROM generate_series(0, ?) AS ahead
            """;

    private static final Logger LOG = System.getLogger(Migrations.class.getName());

    private final DatabaseAddress address;
    private final List<DatabaseLogin> owner;
    private final Set<String> rolesByToken;
    private final LockWaits waits;

    /// For roles and an owner that log in by password.
    public Migrations(DatabaseAddress address, DatabaseLogin owner) {
        this(address, List.of(owner), Set.of());
    }

    /// @param owner the owner's possible logins, in the order in which they are tried. Since PostgreSQL 16 the
    ///     creator of a role is a member of it. RDS requires a token from all members of `rds_iam`, so from the
    ///     owner, too, as soon as one of its roles is a member; at the first migration none is
    /// @param rolesByToken names of the roles that log in by a token of IAM; RDS then requires it
    public Migrations(DatabaseAddress address, List<DatabaseLogin> owner, Set<String> rolesByToken) {
        this(address, owner, rolesByToken, LockWaits.AS_DEPLOYED);
    }

    Migrations(DatabaseAddress address, List<DatabaseLogin> owner, Set<String> rolesByToken, LockWaits waits) {
        this.address = address;
        this.owner = List.copyOf(owner);
        this.rolesByToken = Set.copyOf(rolesByToken);
        this.waits = waits;
    }

    /// Runs the pending migrations, each in a transaction, and again where one got no lock. Sets each role's password,
    /// and creates the database `mlflow` if it does not exist. Idempotent.
    public Outcome run(List<DatabaseLogin> roles) throws SQLException {
        var source = owned();
        var result = migrated(Flyway.configure()
                .dataSource(source)
                .initSql("SET lock_timeout = '%dms'".formatted(waits.limit().toMillis()))
                .locations("classpath:initdb")
                .failOnMissingLocations(true)
                .load());
        try (var connection = source.getConnection()) {
            lockOut(connection);
            var postgres = connection.unwrap(PGConnection.class);
            for (var role : roles) {
                // Hashed here: the password itself is never part of a statement.
                postgres.alterUserPassword(role.username(), role.password().toCharArray(), "scram-sha-256");
            }
            showHistory(connection);
            makePartitions(connection);
            createMlflowDatabase(connection);
            demandTokens(connection);
        }
        var version = result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
        return new Outcome(result.migrationsExecuted, String.valueOf(version));
    }

    private MigrateResult migrated(Flyway flyway) {
        for (int attempt = 1; ; attempt++) {
            try {
                return flyway.migrate();
            } catch (FlywayException e) {
                if (attempt == waits.attempts() || !isLocked(e)) {
                    throw e;
                }
                LOG.log(
                        Level.WARNING,
                        "a migration got no lock within {0}, attempt {1} of {2}: trying again after {3}",
                        waits.limit(),
                        attempt,
                        waits.attempts(),
                        waits.pause());
                waits.sleep().accept(waits.pause());
            }
        }
    }

    private static boolean isLocked(FlywayException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql && Database.isLocked(sql));
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

    /// Two migrations at the same time would change the same rows of the catalog, which PostgreSQL refuses. The lock
    /// of Flyway ends with its migrations, this one with the connection.
    private static void lockOut(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtext('vowcheck migrations'))");
        }
    }

    /// Lets the scoring function say whether the migrations have run. The table is Flyway's, so no migration grants it.
    private static void showHistory(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("GRANT SELECT (version, success) ON flyway_schema_history TO scoring");
        }
    }

    /// As the daily run of the retention does, which a new stage, or one that was down for months, has not had yet.
    private static void makePartitions(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(COMING_PARTITIONS)) {
            statement.setInt(1, Retention.MONTHS_AHEAD);
            statement.execute();
        } catch (SQLException e) {
            if (!Database.isLocked(e)) {
                throw e;
            }
            LOG.log(
                    Level.WARNING,
                    "the predictions are in use: the partitions of the coming months are left to retention");
        }
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

    /// How long a migration waits for a lock, how often it tries, and what it does between two attempts.
    record LockWaits(Duration limit, int attempts, Duration pause, Consumer<Duration> sleep) {

        /// Five minutes in all, which is within the function's timeout. Only one migration runs at a time, so the pause
        /// needs no jitter.
        static final LockWaits AS_DEPLOYED =
                new LockWaits(Duration.ofSeconds(3), 24, Duration.ofSeconds(10), LockWaits::slept);

        static void slept(Duration pause) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a migration waited for a lock", e);
            }
        }
    }

    /// The number of migrations that ran, and the version of the schema now.
    public record Outcome(int migrationsExecuted, String schemaVersion) {}
}
