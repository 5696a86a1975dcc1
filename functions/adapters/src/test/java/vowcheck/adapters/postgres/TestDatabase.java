package vowcheck.adapters.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import vowcheck.core.erasure.TombstoneKey;

/// A real PostgreSQL server with the migrated schema, durable as in production.
public final class TestDatabase implements AutoCloseable {

    /// The system property that names a file to which the statements of all roles are added when a database is closed.
    static final String RECORD = "record.statements";

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration OWNERS_LIMIT = Duration.ofMinutes(1);
    private static final DatabaseLogin OWNER = new DatabaseLogin("postgres", "postgres");

    /// The key of the tombstones of what was erased.
    public static final Supplier<TombstoneKey> TOMBSTONES = () -> new TombstoneKey("t".repeat(64));

    private final EmbeddedPostgres server;

    private TestDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /// Starts a server without any schema.
    public static TestDatabase empty() throws IOException, SQLException {
        var builder =
                EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on");
        if (System.getProperty(RECORD) != null) {
            builder.setServerConfig("logging_collector", "on")
                    .setServerConfig("log_destination", "jsonlog")
                    .setServerConfig("log_statement", "all");
        }
        var database = new TestDatabase(builder.start());
        database.demandPasswords();
        return database;
    }

    /// The embedded server requires no password at first; from here on everyone but its owner needs one.
    private void demandPasswords() throws SQLException {
        execute("""
                DO $$
                BEGIN
                    EXECUTE format('COPY (VALUES (%L), (%L)) TO %L',
                        'host all postgres 127.0.0.1/32 trust',
                        'host all all 127.0.0.1/32 scram-sha-256',
                        current_setting('hba_file'));
                END
                $$
                """);
        execute("SELECT pg_reload_conf()");
    }

    /// Accepts the role without a password, as RDS does with a token, and accepts TLS. Returns the address for a
    /// client that verifies the server.
    public DatabaseAddress likeRds(String role, TestCertificates certificates) throws SQLException {
        execute("ALTER SYSTEM SET ssl_cert_file = '%s'".formatted(certificates.certificate()));
        execute("ALTER SYSTEM SET ssl_key_file = '%s'".formatted(certificates.key()));
        execute("ALTER SYSTEM SET ssl = on");
        execute("""
                DO $$
                BEGIN
                    EXECUTE format('COPY (VALUES (%%L), (%%L)) TO %%L',
                        'host all postgres 127.0.0.1/32 trust',
                        'hostssl all %s all trust',
                        current_setting('hba_file'));
                END
                $$
                """.formatted(role));
        execute("SELECT pg_reload_conf()");
        return new DatabaseAddress(
                "localhost",
                server.getPort(),
                "postgres",
                SslMode.VERIFY_FULL,
                certificates.authority().toString());
    }

    /// Starts a server and migrates it.
    public static TestDatabase migrated() throws IOException, SQLException {
        var database = empty();
        database.migrations()
                .run(Stream.of(
                                "scoring",
                                "training",
                                "drift",
                                "retention",
                                "audit",
                                "erasure",
                                "import",
                                "promotion",
                                "mlflow")
                        .map(TestDatabase::login)
                        .toList());
        return database;
    }

    /// Migrates it as a former build did, whose newest migration had that version.
    void migrateTo(String version) {
        Flyway.configure()
                .dataSource(address().connections(OWNER, OWNERS_LIMIT))
                .locations("classpath:initdb")
                .target(version)
                .load()
                .migrate();
    }

    public Migrations migrations() {
        return new Migrations(address(), OWNER);
    }

    /// The migrations with other limits for locks.
    Migrations migrations(Migrations.LockWaits waits) {
        return new Migrations(address(), List.of(OWNER), Set.of(), waits);
    }

    /// The login of a role, whose password is its name.
    public static DatabaseLogin login(String role) {
        return new DatabaseLogin(role, role);
    }

    public DatabaseAddress address() {
        return DatabaseAddress.withoutTls("127.0.0.1", server.getPort(), "postgres");
    }

    /// The database for a function that works as that role.
    public Database as(String role) {
        return new Database(address(), () -> login(role), LIMIT);
    }

    public Connection asOwner() throws SQLException {
        return address().connections(OWNER, OWNERS_LIMIT).getConnection();
    }

    public Connection connect(String role) throws SQLException {
        return address().connections(login(role), LIMIT).getConnection();
    }

    /// The first column of a query's first row, as text.
    public String ask(String sql) throws SQLException {
        try (var connection = asOwner();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    public void execute(String sql) throws SQLException {
        try (var connection = asOwner();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Deletes all predictions.
    public void forgetPredictions() throws SQLException {
        execute("TRUNCATE scoring_requests, predictions");
    }

    /// The server's processes, beginning with the one that started the others.
    public ServerProcesses processes() throws IOException, SQLException {
        return ServerProcesses.of(Path.of(ask("SHOW data_directory")), address());
    }

    @Override
    public void close() throws IOException {
        @Nullable String record = System.getProperty(RECORD);
        if (record != null) {
            try {
                RoleStatement.write(
                        Path.of(record),
                        RoleStatement.logged(Path.of(ask("SHOW data_directory"))),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (SQLException e) {
                throw new IllegalStateException("the statements cannot be recorded", e);
            }
        }
        server.close();
    }
}
