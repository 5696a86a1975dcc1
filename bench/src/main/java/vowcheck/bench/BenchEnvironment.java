package vowcheck.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vowcheck.adapters.aws.AwsOnLoopback;
import vowcheck.adapters.postgres.Database;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.TestDatabase;
import vowcheck.adapters.settings.ScoringEnvironment;

/// Everything that the measured function uses: a durable PostgreSQL, a model in S3, its settings, its log.
final class BenchEnvironment implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final TestDatabase database;
    private final AwsOnLoopback aws;
    private final FunctionCode code;
    private final Path log;
    private final Path dataFolder;

    private BenchEnvironment(TestDatabase database, AwsOnLoopback aws, FunctionCode code, Path log)
            throws SQLException {
        this.database = database;
        this.dataFolder = Path.of(database.ask("SHOW data_directory"));
        this.aws = aws;
        this.code = code;
        this.log = log;
    }

    /// Starts the database and the services.
    ///
    /// @param log the file that the functions' output is appended to
    static BenchEnvironment start(FunctionCode code, Path log) throws IOException, SQLException {
        var database = TestDatabase.migrated();
        var aws = new AwsOnLoopback();
        aws.promote(Fixtures.manifest(), Fixtures.model());
        aws.queueReachable(false); // so what PostgreSQL does not store is refused, and has no figure
        return new BenchEnvironment(database, aws, code, log);
    }

    /// Starts a function.
    MeasuredFunction function(List<String> options) throws IOException {
        return MeasuredFunction.start(code, options, variables(), log);
    }

    /// The database for a role, with more time than its function has: a statement is measured however slow it is.
    Database database(String role) {
        return new Database(database.address(), () -> TestDatabase.login(role), LIMIT);
    }

    /// A connection as the owner of the database, on which a statement may take a minute.
    Connection asOwner() throws SQLException {
        return database.asOwner();
    }

    /// Runs a statement as the owner of the database.
    void execute(String sql) throws SQLException {
        database.execute(sql);
    }

    /// The number of stored predictions.
    long stored() throws SQLException {
        return Long.parseLong(database.ask("SELECT count(*) FROM predictions"));
    }

    /// The size of the log, after its tables were vacuumed. Nothing else in the schema grows while it is measured, so
    /// the difference of two sizes is the log's, whatever tables it consists of.
    LogSize logSize() throws SQLException {
        execute("VACUUM (ANALYZE) " + database.ask("""
                        SELECT string_agg(format('%I.%I', schemaname, tablename), ', ')
                        FROM pg_tables WHERE schemaname = 'public'
                        """));
        var bytes = database.ask("""
                SELECT sum(pg_total_relation_size(oid)) FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                """);
        return new LogSize(stored(), Long.parseLong(bytes));
    }

    /// The processor time that the database server has used so far, in steps of 10 ms for each of its processes.
    Duration serverTime() throws IOException {
        return ServerTime.of(dataFolder);
    }

    /// The folder of the database's files.
    Path dataFolder() {
        return dataFolder;
    }

    /// The settings that make the database durable or merely fast.
    Map<String, String> durability() throws SQLException {
        var shown = new LinkedHashMap<String, String>();
        for (var setting : List.of(
                "server_version",
                "fsync",
                "synchronous_commit",
                "full_page_writes",
                "wal_sync_method",
                "commit_delay")) {
            shown.put(setting, database.ask("SHOW " + setting));
        }
        return shown;
    }

    private Map<String, String> variables() {
        var variables = new HashMap<>(ScoringEnvironment.of(aws, database.address(), DatabaseAuthentication.SECRET));
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", ":UTC");
        return variables;
    }

    @Override
    public void close() throws IOException {
        aws.close();
        database.close();
    }
}
