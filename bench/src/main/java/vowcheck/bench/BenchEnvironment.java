package vowcheck.bench;

import java.io.IOException;
import java.nio.file.Path;
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

    private static final String ROLE = "scoring";
    private static final Duration STORING_LIMIT = Duration.ofMinutes(1);

    private final TestDatabase database;
    private final AwsOnLoopback aws;
    private final FunctionCode code;
    private final Path log;

    private BenchEnvironment(TestDatabase database, AwsOnLoopback aws, FunctionCode code, Path log) {
        this.database = database;
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

    /// The database, with the function's role and more time than the function has: storing is measured however slow it
    /// is.
    Database database() {
        return new Database(database.address(), () -> TestDatabase.login(ROLE), STORING_LIMIT);
    }

    /// The number of stored predictions.
    long stored() throws SQLException {
        return Long.parseLong(database.ask("SELECT count(*) FROM predictions"));
    }

    /// The folder of the database's files.
    Path dataFolder() throws SQLException {
        return Path.of(database.ask("SHOW data_directory"));
    }

    /// The settings that make the database durable or merely fast.
    Map<String, String> durability() throws SQLException {
        var shown = new LinkedHashMap<String, String>();
        for (var setting :
                List.of("server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_sync_method")) {
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
