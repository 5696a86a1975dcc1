package vowcheck.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vowcheck.adapters.postgres.Database;
import vowcheck.adapters.postgres.TestDatabase;
import vowcheck.adapters.settings.Setting;

/// What a function works with while it is measured: a durable PostgreSQL, a model in S3, its settings, its log.
final class Environment implements AutoCloseable {

    private static final String ROLE = "scoring";

    private final TestDatabase database;
    private final AwsServices services;
    private final FunctionCode code;
    private final Path log;

    private Environment(TestDatabase database, AwsServices services, FunctionCode code, Path log) {
        this.database = database;
        this.services = services;
        this.code = code;
        this.log = log;
    }

    /// Starts the database and the services.
    ///
    /// @param log takes what the functions print
    static Environment start(FunctionCode code, Path log) throws IOException, SQLException {
        var database = TestDatabase.migrated();
        var services = new AwsServices(Fixtures.manifest(), Fixtures.model(), TestDatabase.login(ROLE));
        return new Environment(database, services, code, log);
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
        var variables = new LinkedHashMap<String, String>();
        variables.put("AWS_LAMBDA_FUNCTION_NAME", "vowcheck-bench-scoring");
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769");
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/vowcheck-bench-scoring");
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "bench");
        variables.put("AWS_REGION", "eu-central-1");
        variables.put("AWS_ACCESS_KEY_ID", "bench");
        variables.put("AWS_SECRET_ACCESS_KEY", "bench");
        variables.put("AWS_ENDPOINT_URL", services.url());
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", ":UTC");
        settings().forEach((setting, value) -> variables.put(setting.name(), value));
        return variables;
    }

    private Map<Setting, String> settings() {
        var address = database.address();
        return Map.ofEntries(
                Map.entry(Setting.STAGE, "bench"),
                Map.entry(Setting.MODEL_BUCKET, services.bucket()),
                Map.entry(Setting.MODEL_REFRESH_AGE, "PT30S"),
                Map.entry(Setting.DATABASE_HOST, address.host()),
                Map.entry(Setting.DATABASE_PORT, Integer.toString(address.port())),
                Map.entry(Setting.DATABASE_NAME, address.name()),
                Map.entry(Setting.DATABASE_SSL_MODE, address.sslMode()),
                Map.entry(Setting.DATABASE_ROOT_CERTIFICATES, "/none: there is no TLS here"),
                Map.entry(Setting.DATABASE_AUTHENTICATION, "SECRET"),
                Map.entry(Setting.DATABASE_SECRET, "vowcheck-bench/database/" + ROLE),
                Map.entry(Setting.OPERATORS_SECRET, "vowcheck-bench/operators"),
                Map.entry(Setting.UNLOGGED_QUEUE_URL, services.url() + "/000000000000/unlogged"));
    }

    @Override
    public void close() throws IOException {
        services.close();
        database.close();
    }
}
