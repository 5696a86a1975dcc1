package vowcheck.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vowcheck.adapters.aws.AwsOnLoopback;
import vowcheck.adapters.postgres.Database;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.TestDatabase;
import vowcheck.adapters.settings.ScoringEnvironment;

/// What a function works with while it is measured: a durable PostgreSQL, a model in S3, its settings, its log.
final class Environment implements AutoCloseable {

    private static final String ROLE = "scoring";

    private final TestDatabase database;
    private final AwsOnLoopback aws;
    private final FunctionCode code;
    private final Path log;

    private Environment(TestDatabase database, AwsOnLoopback aws, FunctionCode code, Path log) {
        this.database = database;
        this.aws = aws;
        this.code = code;
        this.log = log;
    }

    /// Starts the database and the services.
    ///
    /// @param log takes what the functions print
    static Environment start(FunctionCode code, Path log) throws IOException, SQLException {
        var database = TestDatabase.migrated();
        var aws = new AwsOnLoopback();
        aws.promote(Fixtures.manifest(), Fixtures.model());
        aws.queueReachable(false); // a row that PostgreSQL does not take fails the bench
        return new Environment(database, aws, code, log);
    }

    /// Starts a function.
    FunctionProcess function(List<String> options) throws IOException {
        return FunctionProcess.start(code, options, variables(), log);
    }

    /// The database as the function sees it.
    Database database() {
        return database.as(ROLE);
    }

    /// How many predictions are stored.
    long stored() throws SQLException {
        return Long.parseLong(database.ask("SELECT count(*) FROM prediction_logs"));
    }

    /// Where the database keeps its files.
    Path dataFolder() throws SQLException {
        return Path.of(database.ask("SHOW data_directory"));
    }

    /// What tells a durable database from a fast one.
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
